use super::*;

/// Limits that nothing here exceeds but what a test is about.
fn limits() -> Limits {
    Limits {
        piece: 200,
        length: 50,
        strings: 3,
        names: 2,
        depth: 4,
        name: 60,
        styles: 2,
        relations: 2,
        elements: 500,
        text: 60,
        ..Limits::default()
    }
}

/// Reads a part whole and byte by byte, which must come to the same.
fn read(xml: impl AsRef<[u8]>) -> Result<(), String> {
    let limits = limits();
    let scan = |size: usize| {
        let mut scan = Scan::new("xl/workbook.xml", &limits);
        let mut counts = Counts::default();
        xml.as_ref().chunks(size).try_for_each(|it| scan.read(it, &mut counts))
    };
    let whole = scan(usize::MAX).map_err(|it| it.message);
    assert_eq!(whole, scan(1).map_err(|it| it.message));
    assert_eq!(whole, scan(7).map_err(|it| it.message));
    whole
}

fn refused(xml: impl AsRef<[u8]>, words: &str) {
    let message = read(xml).expect_err(words);
    assert!(message.contains(words), "{message}");
}

#[test]
fn what_is_within_the_limits_passes() {
    for xml in [
        "",
        "<a/>",
        "\u{feff}<?xml version='1.0'?> <a b='>'><!-- - -> --><c d=\"/\"></c><![CDATA[ ]] ]>]]></a>",
        &format!("<a>{}</a>", "<b><c><d/></c></b>".repeat(100)),
        &format!("<a>{}</a>", "<c>0123456789</c>".repeat(100)),
        &format!("<a>{}</a>", "<b c='0123456789'/>".repeat(100)),
        &format!("no XML {}", "x".repeat(1000)),
        "<sst uniqueCount='3'><si/><si/><si></si><sistine/></sst>",
    ] {
        assert_eq!(read(xml), Ok(()), "{xml}");
    }
}

#[test]
fn too_deep() {
    assert_eq!(read("<a><a><a><a>"), Ok(()));
    refused("<a><a><a><a><a>", "more than 4 elements inside each other");
    assert_eq!(read("<a><a/></a>".repeat(9)), Ok(()));
    // Loose drawings may be deeper.
    let limits = limits();
    let mut scan = Scan::new("xl/drawings/vmlDrawing1.vml", &limits);
    assert_eq!(scan.read(&b"<br>".repeat(400), &mut Counts::default()), Ok(()));
    assert!(scan.read(b"<br>", &mut Counts::default()).is_err());
}

#[test]
fn too_long_a_piece_of_any_kind() {
    let long = "x".repeat(201);
    for xml in [
        format!("<{long}>"),
        format!("<a b='{long}'/>"),
        format!("<a b=\"{long}\"/>"),
        format!("<a>{long}</a>"),
        format!("</{long}>"),
        format!("<!-- {long} -->"),
        format!("<![CDATA[{long}]]>"),
        format!("<?a {long}?>"),
        format!("<!DOCTYPE a [<!ENTITY b '{long}'>]>"),
        format!("<!DOCTYPE a '>{}", "<b/>".repeat(60)),
        format!("<!-->{}", "<b/>".repeat(60)),
        format!("<!--->{}", "<b/>".repeat(60)),
        format!("{}{long}", " ".repeat(3_000)),
    ] {
        refused(&xml, "MB in one piece");
    }
}

#[test]
fn too_long_a_text_in_however_many_pieces() {
    let run = "<r><t>0123456789</t></r>".repeat(6);
    for whole in
        ["si", "c", "x:c", "table:table-cell", "definedName", "comment", "office:annotation", "x14:formula1"]
    {
        refused(format!("<a><{whole} b='c'>{run}</{whole}></a>"), "MB in the text of one cell");
    }
    refused(format!("<c>{}</c>", "<![CDATA[0123456789]]>".repeat(6)), "MB in the text of one cell");
    assert_eq!(read(format!("<a>{run}</a>")), Ok(()));
    let apart = "<si><t>0123456789</t></si>".repeat(3);
    assert_eq!(read(format!("<sst>{apart}</sst>")), Ok(()));
}

#[test]
fn too_many_shared_texts_or_names() {
    refused("<sst><si/><x:si/><si></si><si/></sst>", "4 texts that cells share");
    refused("<sst count='1' uniqueCount = \"4\">", "4 texts that cells share");
    refused("<sst uniqueCount='99999999999999999999999999'>", "texts that cells share");
    refused("<definedName a='b'/>".repeat(3), "3 defined names");
    refused("<table:named-range/>".repeat(3), "3 defined names");
}

#[test]
fn too_many_styles_references_or_elements() {
    refused("<xf/><font/><x:fill/>", "3 styles");
    let long = "0123456789".repeat(6);
    refused(format!("<numFmt formatCode='{long}'/>"), "characters in the name of a style");
    refused(format!("<name val='{long}'/>"), "characters in the name of a style");
    refused(format!("<sst a='{long}'>"), "characters before its shared texts");
    refused("<sst a='uniqueCount' b='1' uniqueCount='9'>", "9 texts that cells share");
    refused("<Relationship/>".repeat(3), "3 references between its parts");
    let limits = Limits { piece: 1_000, ..limits() };
    let mut scan = Scan::new("a.rels", &limits);
    let far = format!("<Relationship Target='{}'/>", "x".repeat(240));
    let said = scan.read(far.as_bytes(), &mut Counts::default()).map_err(|it| it.message);
    assert!(said.is_err_and(|it| it.contains("characters in a reference")));
    refused("<a/>".repeat(501), "501 elements");
}

#[test]
fn too_much_shared_text() {
    let text = "<si><t>0123456789012345678901234567890123456789</t></si>";
    assert_eq!(read(text), Ok(()));
    refused(text.repeat(2), "MB of text in its cells");
    assert_eq!(read(text.replace("si>", "c>").repeat(9)), Ok(()));
}

/// Of an OpenDocument file, every element of the content must be closed, by its own name.
#[test]
fn what_is_never_closed() {
    let read = |name: &str, xml: &str| {
        let limits = limits();
        let mut scan = Scan::new(name, &limits);
        scan.read(xml.as_bytes(), &mut Counts::default()).and_then(|()| scan.end())
    };
    for xml in ["", "<a/>", "<a><b c='/'/><b>x</b ></a>\n", "<?xml version='1.0'?><a:b><!-- <c> --></a:b>"] {
        assert_eq!(read("content.xml", xml), Ok(()), "{xml}");
    }
    for xml in ["<a>", "<a><b></a>", "<a></b>", "</a>", "<a><b></a></b>", "<a/", "<!-- ", "<!DOCTYPE a><a/>"]
    {
        assert!(read("content.xml", xml).is_err(), "{xml}");
        assert_eq!(read("xl/styles.xml", xml), Ok(()), "{xml}");
    }
}

/// Places beyond what calamine can count.
#[test]
fn places_that_no_sheet_has() {
    for xml in [
        "<c r='XFD1048576'/>",
        "<row r=\"9999999\"/>",
        "<mergeCell ref='A1:XFD1048576'/>",
        "<c/>",
        "<c d='A99999999'/>",
    ] {
        assert_eq!(read(xml), Ok(()), "{xml}");
    }
    for xml in [
        "<x:c s='1' r='A99999999'/>",
        "<c r = 'AAAA1'>",
        "<row r='4294967297'>",
        "<dimension ref='A1:A4294967297'/>",
        "<f t='shared' ref=\"A1:ABCD1\">",
    ] {
        refused(xml, "damaged");
    }
}

/// In such parts a piece cannot be told, so the whole of them counts as one.
#[test]
fn other_encodings() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let long = format!("<a>{}</a>", "<b/>".repeat(60));
    assert_eq!(read(wide("<a/>")), Ok(()));
    assert_eq!(read(&long), Ok(()));
    for it in [
        wide(&long),
        wide(&format!("\u{feff}{long}")),
        long.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        format!("<?xml version='1.0' encoding='ISO-2022-JP'?>{long}").into_bytes(),
        format!("<?xml version='1.0' encoding = \"utf-16\"?>{long}").into_bytes(),
    ] {
        refused(it, "MB in one piece");
    }
    assert_eq!(read(format!("<?xml version='1.0' encoding='Windows-1252'?>{long}")), Ok(()));
}
