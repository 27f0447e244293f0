package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings as exported by drawing programs: accepted as they look, or refused with a reason. */
class SvgSanitizerTest {
    private static final String OPEN = "<svg xmlns='http://www.w3.org/2000/svg' "
            + "xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 120 40'>";

    private static final String SEEN = "<path d='M0 0h9v9z'/></svg>";
    private static final int RED = 0xffcc0000;
    private static final int BLUE = 0xff0000cc;
    private static final int NOTHING = 0;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<script>evil()</script>|ACTIVE|script",
                "<rect onload='evil()' width='3'/>|ACTIVE|onload",
                "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='evil()'/></foreignObject>|ACTIVE|foreignObject",
                "<image href='https://evil.example/x.png'/>|EMBEDDED_IMAGE|image",
                "<image xlink:href='data:image/png;base64,AAAA'/>|EMBEDDED_IMAGE|image",
                "<text x='1' y='9'>Aurora</text>|TEXT|text",
                "<use href='https://evil.example/#a'/>|REFERENCE|https://evil.example/#a",
                "<use href='other.svg#a'/>|REFERENCE|other.svg#a",
                "<use href='#missing'/>|REFERENCE|#missing",
                "<rect fill='url(#missing)' width='3' height='3'/>|REFERENCE|#missing",
                "<clipPath id='c'/><rect fill='url(#c)' width='3' height='3'/>|REFERENCE|#c",
                "<g id='a'/><g id='a'/><use href='#a'/>|REFERENCE|#a",
                "<animate attributeName='href' values='javascript:evil()'/>|ACTIVE|animate",
                "<set attributeName='onclick' to='evil()'/>|ACTIVE|set",
                "<rect fill='url(https://evil.example/#a)'/>|REFERENCE|url(https://evil.example/#a)",
                "<rect style='fill:expression(evil())'/>|ATTRIBUTE|fill=expression(evil())",
                "<rect fill='ur\\6c(evil)'/>|ATTRIBUTE|fill=ur\\6c(evil)",
                "<rect style='background:url(evil)'/>|ATTRIBUTE|background",
                "<rect style='behavior:url(evil)'/>|STYLE_SHEET|behavior",
                "<style>@import url(evil.css);</style>|STYLE_SHEET|@import",
                "<style>g .a{fill:red}</style>|STYLE_SHEET|g .a",
                "<style>.a:hover{fill:red}</style>|STYLE_SHEET|.a:hover",
                "<style>.a{fill:red!important}</style>|STYLE_SHEET|fill:red!important",
                "<x:script xmlns:x='http://www.w3.org/2000/svg'>evil()</x:script>|ACTIVE|script",
                "<filter id='f'/><rect filter='url(#f)' width='3' height='3'/>|EFFECT|filter",
                "<rect style='mix-blend-mode:multiply' width='3' height='3'/>|ATTRIBUTE|mix-blend-mode",
                "<path d='M0 0 L 10 banana'/>|ATTRIBUTE|d=M0 0 L 10 banana",
                "<clipPath id='c'><g><path d='M0 0h9v9z'/></g></clipPath>|ELEMENT|g in clipPath",
                "<rect width='3em' height='3'/>|ATTRIBUTE|width=3em",
                "<pattern id='p' width='1000' height='1' patternUnits='userSpaceOnUse'/>|TOO_COMPLEX|pattern",
                "<pattern id='p' width='2' height='2'/><g transform='scale(1000000)'/>|TOO_COMPLEX|pattern",
                "<path d='M0 0H1000000' stroke='red' stroke-dasharray='0.001'/>|TOO_COMPLEX|stroke-dasharray",
                "<g id='a'><use href='#a'/></g>|CYCLE|g",
                "<pattern id='p' width='1' height='1'><path fill='url(#p)' d='M0 0h9v9z'/></pattern>|CYCLE|pattern",
                "<meshgradient/>|ELEMENT|meshgradient",
                "<g opacity='.5'><circle r='9'/><circle r='5'/></g>|ATTRIBUTE|opacity in g",
                "<circle r='9' opacity='.5' stroke='red'/>|ATTRIBUTE|opacity in circle",
                "<g visibility='hidden'><path visibility='visible' d='M0 0h9v9z'/></g>|ATTRIBUTE|visibility",
                "<clipPath id='c'><path clip-rule='evenodd' d='M0 0h9v9zM2 2h3v3z'/></clipPath>|ATTRIBUTE|clip-rule=evenodd",
                "<clipPath id='c' clip-path='url(#d)'/><clipPath id='d'/>|ATTRIBUTE|clip-path in clipPath",
                "<clipPath id='c' transform='scale(2)'/>|ATTRIBUTE|transform in clipPath",
                "<mask id='m'><path d='M0 0h9v9z' fill='#f00'/></mask>|ATTRIBUTE|fill=#f00 in mask",
                "<pattern id='p' href='#q'/><pattern id='q'/>|ATTRIBUTE|href in pattern",
                "<symbol id='s' viewBox='0 0 1 2'/><use href='#s' width='9' height='9'/>|ATTRIBUTE|symbol of other proportions",
                "<mask id='m'/><g mask='url(#m)'><use href='#a'/></g><path id='a' d='M0 0h9v9z'/>|ATTRIBUTE|maskUnits",
            })
    void refusesUnsupportedContent(String content, Reason reason, String found) {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + SEEN)))
                .isEqualTo(new Outcome.Refused(reason, found));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- note --><?note note?>",
                "<x:g xmlns:x='urn:note' id='note'><x:g/></x:g>",
                "<metadata>note</metadata><title>note</title><desc>note</desc>",
                "<filter id='note'><feGaussianBlur stdDeviation='3'/></filter>",
                "<g id='note' class='note' data-name='note' aria-label='note' style='-inkscape-stroke:none;font-family:note'/>",
                "<g xmlns:i='urn:note' i:label='note' xml:space='preserve'/>",
                "note",
            })
    void removesContentWithoutVisualEffect(String content) {
        assertThat(written(OPEN + content + SEEN)).doesNotContain("note").contains("<path d=\"M0 0h9v9z\"/>");
    }

    @Test
    void drawsMasksMarkersPatternsAndNestedUses() throws IOException {
        var image = drawn(OPEN + """
                <defs><g id='a'><rect width='10' height='40'/></g><g id='b'><use href='#a'/><use href='#a' x='10'/></g>
                <pattern id='p' width='4' height='4' patternUnits='userSpaceOnUse'><rect width='4' height='4' fill='#0000cc'/></pattern>
                <marker id='m' markerWidth='4' markerHeight='4' refX='2' refY='2' orient='auto'><circle cx='2' cy='2' r='2'/></marker>
                <mask id='k' maskUnits='userSpaceOnUse' x='0' y='0' width='120' height='40'><rect width='40' height='40' fill='#fff'/></mask></defs>
                <g fill='#cc0000' mask='url(#k)'><use href='#b'/><use href='#b' transform='translate(20 0)'/></g>
                <rect x='80' width='20' height='40' fill='url(#p) none'/>
                <path d='M110 20h1' stroke='#000' marker-end='url("#m")'/></svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsSingleOpacityAndMasksAmongColours() throws IOException {
        var image = drawn(OPEN + """
                <g fill='#cc0000'><mask id='m'><rect width='40' height='40' fill='#FFFFFF'/></mask>
                <g opacity='1'><rect width='40' height='40' mask='url(#m)'/></g></g>
                <g opacity='0.999'><rect x='80' width='20' height='40' fill='#0000cc' stroke='none'/></g></svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsAClippedReusedOutline() throws IOException {
        var image = drawn(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 120 40\"><defs>"
                        + "<rect id=\"a\" width=\"120\" height=\"40\"/></defs><clipPath id=\"b\"><use xlink:href=\"#a\"/></clipPath>"
                        + "<g style=\"clip-path:url(#b)\"><rect width=\"60\" height=\"40\" fill=\"#c00\"/></g></svg>",
                120);
        assertColours(image, RED, NOTHING, NOTHING);
    }

    @Test
    void appliesStyleSheetRulesBySpecificity() throws IOException {
        var image = drawn(OPEN + """
                <style>#one{fill:#cc0000} .a{fill:#00cc00} rect{fill:#000} .b,.c{fill:#0000cc} /* .b{fill:red} */</style>
                <rect id='one' class='a' fill='#fff' width='40' height='40'/>
                <rect class='c' x='80' fill='#fff' width='40' height='40'/></svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsTheFirstBranchOfASwitch() throws IOException {
        var image = drawn(OPEN + """
                <switch><foreignObject requiredExtensions='urn:program'><x xmlns='urn:program'/></foreignObject>
                <g><rect width='40' height='40' fill='#cc0000'/></g><rect width='120' height='40'/></switch>
                <switch><rect x='80' width='20' height='40' fill='#0000cc'/></switch>
                <a href='https://example.com/'><rect x='80' width='10' height='40' fill='#0000cc'/></a></svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    /** Which part is drawn depends on the language and the program of the viewer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<switch><g systemLanguage='de'/><g/></switch>|systemLanguage=de",
                "<g systemLanguage='en'/>|systemLanguage=en",
                "<defs><path systemLanguage='' d='M0 0h9v9z'/></defs>|systemLanguage=",
                "<style systemLanguage='de'>.a{fill:red}</style>|systemLanguage=de",
                "<switch><g requiredFeatures='http://www.w3.org/TR/SVG11/feature#Shape'/></switch>|requiredFeatures=http://www.w3.org/TR/SVG11/feature#Shape",
                "<g requiredExtensions='urn:program'/>|requiredExtensions=urn:program",
                "<switch><g requiredExtensions='urn:program'/></switch>|requiredExtensions=urn:program",
                "<foreignObject requiredExtensions='urn:program'/>|requiredExtensions=urn:program",
                "<switch><foreignObject requiredExtensions='http://www.w3.org/1999/xhtml'/></switch>|requiredExtensions=http://www.w3.org/1999/xhtml",
                "<switch><foreignObject requiredExtensions=''/></switch>|requiredExtensions=",
                "<switch><foreignObject systemLanguage='de' requiredExtensions='urn:program'/></switch>|systemLanguage=de",
            })
    void refusesConditionalContent(String content, String found) {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.CONDITION, found));
        var root = OPEN.replace("viewBox", "systemLanguage='de' viewBox");
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(root + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.CONDITION, "systemLanguage=de"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<style title='Print'>.a{fill:red}</style>|title=Print",
                "<style media='print'>.a{fill:red}</style>|media=print",
                "<style media='screen'>.a{fill:red}</style>|media=screen",
                "<style media='(prefers-color-scheme: dark)'>.a{fill:red}</style>|media=(prefers-color-scheme: dark)",
                "<style type='text/less'>.a{fill:red}</style>|type=text/less",
                "<style>@media (prefers-color-scheme:dark){path{fill:red}}</style>|@media",
                "<style>path{fill:red} @media print{path{fill:none}}</style>|@media",
                "<style>path{fill:red} @supports(d:none){path{fill:none}}</style>|@supports",
                "<style>@font-face{font-family:A;src:url(https://evil.example/a.woff)}</style>|@font-face",
                "<style>path{fill:red}@font-face{font-family:A}</style>|@font-face",
                "<style>@keyframes a{from{fill:red}}</style>|@keyframes",
                "<style>path{animation:a 1s}</style>|animation",
                "<path style='transition:fill 1s' d='M0 0h9v9z'/>|transition",
                "<path style='color-scheme:dark' d='M0 0h9v9z'/>|color-scheme",
                "<?xml-stylesheet href='a.css'?>|<?xml-stylesheet?>",
                "<metadata><?xml-stylesheet href='a.css'?></metadata>|<?xml-stylesheet?>",
                "<metadata><h:style xmlns:h='http://www.w3.org/1999/xhtml'>path{fill:red}</h:style></metadata>|style",
                "<metadata><h:link xmlns:h='http://www.w3.org/1999/xhtml' rel='stylesheet' href='a.css'/></metadata>|link",
                "<x:a xmlns:x='urn:note'><style>path{fill:red}</style></x:a>|style",
                "<h:style xmlns:h='http://www.w3.org/1999/xhtml'>path{fill:red}</h:style>|style",
                "<h:link xmlns:h='http://www.w3.org/1999/xhtml' rel='stylesheet' href='a.css'/>|link",
            })
    void refusesStyleSheetsThatDependOnTheViewer(String content, String found) {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.STYLE_SHEET, found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!-- note -->", "<!DOCTYPE svg>", "<!DOCTYPE svg [<!ENTITY a 'b'>]><?note note?>"})
    void refusesStyleSheetsOfTheProlog(String before) {
        var file = before + "<?xml-stylesheet href='a.css' type='text/css'?>" + OPEN + SEEN;
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(file)))
                .isEqualTo(new Outcome.Refused(Reason.STYLE_SHEET, "<?xml-stylesheet?>"));
    }

    /** Browsers also run what is not drawn. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<metadata><script>evil()</script></metadata>|script",
                "<metadata><h:script xmlns:h='http://www.w3.org/1999/xhtml'>evil()</h:script></metadata>|script",
                "<x:a xmlns:x='urn:note'><script>evil()</script></x:a>|script",
                "<title><animate href='#a' attributeName='fill' to='red'/></title>|animate",
                "<desc><x:a xmlns:x='urn:note'><set href='#a' attributeName='fill' to='red'/></x:a></desc>|set",
                "<filter><feFlood><animateTransform/></feFlood></filter>|animateTransform",
                "<foreignObject width='9' height='9'/>|foreignObject",
                "<path d='M0 0h9v9z'><animateMotion path='M0 0h9'/></path>|animateMotion",
                "<metadata><base xmlns='http://www.w3.org/1999/xhtml' href='https://evil.example/'/></metadata>|base",
            })
    void refusesActiveContentAnywhere(String content, String found) {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.ACTIVE, found));
    }

    /** An entity is text within a CDATA section, where browsers do not replace it either. */
    @Test
    void replacesNoEntitiesInCharacterData() {
        var file = "<!DOCTYPE svg [<!ENTITY a 'red'>]>" + OPEN + "<style><![CDATA[path{fill:&a;}]]></style>" + SEEN;
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(file)))
                .isEqualTo(new Outcome.Refused(Reason.ATTRIBUTE, "fill=&a"));
        var plain = "<!DOCTYPE svg [<!ENTITY a 'red'>]>" + OPEN + "<style>path{fill:&a;}</style>" + SEEN;
        assertThat(written(plain)).contains("fill=\"red\"");
    }

    @Test
    void readsOtherEncodingsAndCompressedFiles() throws IOException {
        var text = "<?xml version='1.0' encoding='UTF-16'?>" + OPEN + "<g id='Grün'/>" + SEEN;
        for (var charset : new Charset[] {
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8
        }) {
            assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, text.getBytes(charset)))
                    .as(charset.name())
                    .isInstanceOf(Outcome.Accepted.class);
        }
        var latin = text.replace("UTF-16", "ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, latin)).isInstanceOf(Outcome.Accepted.class);
        assertThat(SvgSanitizer.of(
                        ImageUpload.Kind.LOGO, text.replace("UTF-16", "UTF-8").getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new Outcome.Refused(Reason.ENCODING, "UTF-8"));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(text.replace("UTF-16", "UTF-7"))))
                .isEqualTo(new Outcome.Refused(Reason.ENCODING, "UTF-7"));
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, zipped(bytes(OPEN + SEEN))))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, zipped(new byte[] {0, (byte) 0xff, 3})))
                .isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, zipped(new byte[20_000_000])))
                .isEqualTo(new Outcome.Refused(Reason.TOO_LARGE));
    }

    @Test
    void isIdempotent() {
        var once =
                written(OPEN + "<style>.a{fill:red}</style><g style='stroke:blue' class='a'><circle r='4'/></g></svg>");
        assertThat(written(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "viewBox='0 0 120 40'|120|40",
                "width='60' height='20'|60|20",
                "width='60px' viewBox='0 0 120 40'|60|20",
                "width='1in' height='36pt'|96|48",
                "width='100%' height='100%' viewBox='0 0 120 40'|120|40",
                "viewBox='0 0 1 0.5'|512|256",
                "viewBox='0 0 20000 10000'|4096|2048",
            })
    void determinesTheSize(String attributes, int width, int height) {
        var made = (Outcome.Accepted) SvgSanitizer.of(
                ImageUpload.Kind.LOGO,
                bytes(OPEN.replace("viewBox='0 0 120 40'", attributes) + "<rect width='100%' height='100%'/></svg>"));
        assertThat(made.width()).isEqualTo(width);
        assertThat(made.height()).isEqualTo(height);
    }

    @Test
    void refusesExpandingAndExternalEntities() {
        for (var declared : new String[] {
            "<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>",
            "<!ENTITY % f SYSTEM 'file:///etc/passwd'> %f;",
            "<!ENTITY f SYSTEM 'file:///etc/passwd'>",
            "<!ENTITY f '<script/>'>",
            "<!ENTITY f '&#60;script/>'>",
            "<!ATTLIST svg onload CDATA 'evil()'>"
        }) {
            assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes("<!DOCTYPE svg [" + declared + "]>" + OPEN + SEEN)))
                    .as(declared)
                    .isEqualTo(new Outcome.Refused(Reason.ENTITIES));
        }
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + "<g class='&unknown;'/>" + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.ENTITIES));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + "&unknown;" + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.ENTITIES));
        var much = "<!DOCTYPE svg [<!ENTITY a '" + "x".repeat(1_999) + "'>]>" + OPEN + "<g class='"
                + "&a;".repeat(9_000) + "'/>" + SEEN;
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(much))).isEqualTo(new Outcome.Refused(Reason.ENTITIES));
    }

    @Test
    void refusesNonSvgFilesAndDrawingsWithoutSize() {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes("<html><body/></html>")))
                .isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes("<svg")))
                .isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes("<!DOCTYPE svg [")))
                .isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN.replace("viewBox='0 0 120 40'", "") + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.NO_SIZE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<rect width='9' height='9' fill='none'/>",
                "<rect width='9' height='9' opacity='0'/>",
                "<rect x='500' width='9' height='9'/>",
                "<defs><rect width='9' height='9'/></defs>",
                "<g display='none'><rect width='9' height='9'/></g>",
                "<clipPath id='c'/><g clip-path='url(#c)'><rect width='9' height='9'/></g>",
                "<mask id='m'/><g mask='url(#m)'><rect width='9' height='9'/></g>",
            })
    void refusesInvisibleDrawings(String content) {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.EMPTY));
    }

    @Test
    @Timeout(20)
    void limitsDepthElementsAndPathLength() {
        assertThat(SvgSanitizer.of(
                        ImageUpload.Kind.LOGO, bytes(OPEN + "<g>".repeat(60) + "</g>".repeat(60) + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.TOO_COMPLEX));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + "<g/>".repeat(6_000) + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.TOO_COMPLEX));
        var laughs = new StringBuilder(OPEN).append("<g id='l0'><rect width='9' height='9'/></g>");
        for (var level = 1; level < 12; level++) {
            laughs.append("<g id='l")
                    .append(level)
                    .append("'>")
                    .append(("<use href='#l" + (level - 1) + "'/>").repeat(10))
                    .append("</g>");
        }
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(laughs + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.TOO_COMPLEX));
        var masks = new StringBuilder(OPEN);
        for (var level = 0; level < 1_000; level++) {
            masks.append("<mask id='m").append(level).append("'><rect width='120' height='40' fill='#fff'/></mask>");
            masks.append("<rect width='120' height='40' mask='url(#m")
                    .append(level)
                    .append(")'/>");
        }
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(masks + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.TOO_COMPLEX));
        var fine = "<path stroke='#000' d='M0 0" + "h1v1".repeat(20_000) + "'/>";
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + fine + "</svg>")))
                .isInstanceOf(Outcome.Accepted.class);
    }

    private static java.awt.image.BufferedImage drawn(String svg, int width) throws IOException {
        var outcome = ImageUpload.of(ImageUpload.Kind.LOGO, bytes(svg));
        assertThat(outcome).as(String.valueOf(outcome)).isInstanceOf(Outcome.Accepted.class);
        var made = (Outcome.Accepted) outcome;
        assertThat(made.width()).isEqualTo(width);
        return SvgRenderer.image(made.content(), 120, 40).orElseThrow();
    }

    /** Asserts the colors of a point on the left, in the middle and on the right. */
    private static void assertColours(java.awt.image.BufferedImage image, int left, int middle, int right) {
        assertThat(image.getRGB(20, 20)).as("left").isEqualTo(left);
        assertThat(image.getRGB(65, 20)).as("middle").isEqualTo(middle);
        assertThat(image.getRGB(90, 20)).as("right").isEqualTo(right);
    }

    private static String written(String svg) {
        var outcome = SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(svg));
        assertThat(outcome).as(String.valueOf(outcome)).isInstanceOf(Outcome.Accepted.class);
        return new String(((Outcome.Accepted) outcome).content(), StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
