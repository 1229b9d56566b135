//! The page. Started by `boot.js`.

fn main() {
    plancheck_web::app::start();
}
