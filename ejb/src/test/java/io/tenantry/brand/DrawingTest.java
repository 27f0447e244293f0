package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Picture.Outcome;
import io.tenantry.brand.Picture.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {
    private static final String OPEN = "<svg xmlns='http://www.w3.org/2000/svg' "
            + "xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 120 40'>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>evil()</script>",
                "<rect onload='evil()' width='3'/>",
                "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='evil()'/></foreignObject>",
                "<image href='https://evil.example/x.png'/>",
                "<image xlink:href='data:text/html,evil'/>",
                "<a href='javascript:evil()'><path d='M0 0'/></a>",
                "<use href='#evil'/>",
                "<animate attributeName='href' values='javascript:evil()'/>",
                "<set attributeName='onclick' to='evil()'/>",
                "<rect fill='url(https://evil.example/#a)'/>",
                "<rect style='fill:url(//evil.example/#a);background:url(evil)'/>",
                "<rect style='fill:expression(evil())'/>",
                "<rect fill='ur\\6c(evil)'/>",
                "<!-- evil --><?xml-stylesheet href='evil'?>",
                "<x:script xmlns:x='http://www.w3.org/2000/svg'>evil()</x:script>",
                "<x:g xmlns:x='urn:evil' id='evil'/>",
                "<metadata>evil</metadata>",
            })
    void leavesOutWhatDoesMoreThanDraw(String content) {
        assertThat(written(OPEN + content + "<path d='M0 0h9'/></svg>"))
                .doesNotContainIgnoringCase("evil")
                .contains("<path d=\"M0 0h9\"></path>");
    }

    @Test
    void keepsWhatDraws() {
        var content = "<defs><linearGradient id='g' x1='0' x2='1'><stop offset='0' style='stop-color:#ff0000'/>"
                + "</linearGradient></defs><g transform='translate(2 3)'><rect width='9' height='4' fill='url(#g)'/>"
                + "<text x='1' y='2'>A &amp; B</text></g>";
        assertThat(written(OPEN + content + "</svg>"))
                .contains("stop-color=\"#ff0000\"")
                .contains("fill=\"url(#g)\"")
                .contains("transform=\"translate(2 3)\"")
                .contains("A &amp; B");
    }

    @Test
    void isTheSameWrittenAnewTwice() {
        var once = written(OPEN + "<g style='fill:red;stroke:blue'><circle r='4'/>\u00e4\ud83d\ude00</g></svg>");
        assertThat(written(once)).isEqualTo(once);
    }

    @Test
    void knowsItsProportions() {
        var made = (Outcome.Made) Drawing.of(bytes(OPEN + "</svg>"));
        assertThat(made.width()).isEqualTo(120);
        assertThat(made.height()).isEqualTo(40);
    }

    @Test
    void refusesEntitiesBeforeTheyGrow() {
        var laughs = "<!DOCTYPE svg [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]>" + OPEN + "<text>&b;</text></svg>";
        assertThat(Drawing.of(bytes(laughs))).isEqualTo(new Outcome.Refused(Reason.ENTITIES));
    }

    @Test
    void opensNoFile() {
        var reading = "<!DOCTYPE svg [<!ENTITY % f SYSTEM 'file:///etc/passwd'> %f;]>" + OPEN + "</svg>";
        assertThat(Drawing.of(bytes(reading))).isEqualTo(new Outcome.Refused(Reason.ENTITIES));
    }

    @Test
    void takesAFileWithADocumentTypeOfItsTime() {
        var old = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
                + "'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>" + OPEN + "<path d='M1 1'/></svg>";
        assertThat(written(old)).doesNotContain("DOCTYPE").contains("M1 1");
    }

    @Test
    void saysWhenAStyleSheetDrawsIt() {
        assertThat(Drawing.of(bytes(OPEN + "<style>.a{fill:red}</style></svg>")))
                .isEqualTo(new Outcome.Refused(Reason.STYLE_SHEET));
    }

    @Test
    void refusesWhatIsNoDrawing() {
        assertThat(Drawing.of(bytes("<html><body/></html>"))).isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
        assertThat(Drawing.of(bytes("<svg"))).isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
        assertThat(Drawing.of(bytes(OPEN.replace("viewBox='0 0 120 40'", "") + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.NOT_AN_IMAGE));
    }

    @Test
    void refusesTooMuch() {
        assertThat(Drawing.of(bytes(OPEN + "<g>".repeat(60) + "</g>".repeat(60) + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.TOO_LARGE));
        assertThat(Drawing.of(bytes(OPEN + "<g/>".repeat(6_000) + "</svg>")))
                .isEqualTo(new Outcome.Refused(Reason.TOO_LARGE));
    }

    private static String written(String svg) {
        return new String(((Outcome.Made) Drawing.of(bytes(svg))).content(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
