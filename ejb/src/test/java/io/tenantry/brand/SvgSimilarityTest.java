package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings that our documents would render differently from browsers: either rewritten so that both render the same, or refused. */
class SvgSimilarityTest {
    private static final String OPEN = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 40'>";
    private static final String SEEN = "<path d='M0 0h9v9z'/></svg>";
    private static final String COLOURS = "<stop stop-color='#c00'/><stop offset='1' stop-color='#00c'/>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<clipPath id='c'><rect width='9' height='9' clip-path='url(#d)'/></clipPath><clipPath id='d'/>|ATTRIBUTE|clip-path in clipPath",
                "<clipPath id='c'><rect width='9' height='9' display='none'/></clipPath>|ATTRIBUTE|display in clipPath",
                "<clipPath id='c'><rect width='9' height='9' style='visibility:hidden'/></clipPath>|ATTRIBUTE|visibility in clipPath",
                "<g visibility='hidden'><clipPath id='c'><rect width='9' height='9'/></clipPath></g>|ATTRIBUTE|visibility in clipPath",
                "<rect id='a'/><clipPath id='c'><use href='#a' x='50'/></clipPath>|ATTRIBUTE|x of use in clipPath",
                "<clipPath id='c'><path clip-rule='evenodd' d='M20 0 32 38 1 14 39 14 8 38z'/></clipPath>|ATTRIBUTE|clip-rule=evenodd",
                "<clipPath id='c'><polygon clip-rule='evenodd' points='20,0 32,38 1,14 39,14 8,38'/></clipPath>|ATTRIBUTE|clip-rule=evenodd",
                "<marker id='m'/><rect width='9' height='9' marker-start='url(#m)'/>|ATTRIBUTE|marker-start in rect",
                "<marker id='m'/><g style='marker:url(#m)'><path d='M0 0h9'/></g>|ATTRIBUTE|marker-start in g",
                "<symbol id='s'/><use href='#s' width='9' height='9'/>|ATTRIBUTE|symbol without viewBox",
                "<symbol id='s' viewBox='-5 -5 10 10'/><use href='#s' width='9' height='9'/>|ATTRIBUTE|viewBox in symbol",
                "<mask id='m' opacity='.5'/>|ATTRIBUTE|opacity in mask",
                "<linearGradient id='g'><stop offset='.5'/><stop offset='20%'/></linearGradient>|ATTRIBUTE|offset=20%",
                "<linearGradient id='h'/><linearGradient id='g' href='#h'/><rect fill='url(#g)'/>|ELEMENT|linearGradient without stop",
                "<linearGradient id='g' x1='.5' x2='.5'><stop/><stop/></linearGradient><rect fill='url(#g)'/>|ATTRIBUTE|x2, y2 in linearGradient",
                "<linearGradient id='g'><stop/></linearGradient><path d='M0 20H90' stroke='url(#g)'/>|ATTRIBUTE|gradientUnits of a straight line",
                "<linearGradient id='g'><stop/></linearGradient><g stroke='url(#g)'><line x2='90'/></g>|ATTRIBUTE|gradientUnits of a straight line",
                "<mask id='m'/><polyline points='5,0 5,9 5,4' mask='url(#m)'/>|ATTRIBUTE|maskUnits of a straight line",
                "<path d='M0 0h9' stroke-dasharray='2' stroke-dashoffset='-1'/>|ATTRIBUTE|stroke-dashoffset=-1",
                "<path d='M0 0h9' stroke-width='-1'/>|ATTRIBUTE|stroke-width=-1",
                "<path d='M0. 0h9'/>|ATTRIBUTE|d=M0. 0h9",
                "<path d='M0\u30000h9'/>|ATTRIBUTE|d=M0\u30000h9",
                "<rect fill='\u3000red'/>|ATTRIBUTE|fill=\u3000red",
                "<rect transform='rotate(45 20)'/>|ATTRIBUTE|transform=rotate(45 20)",
                "<rect transform='scale(2 2 2)'/>|ATTRIBUTE|transform=scale(2 2 2)",
                "<rect transform='scale(1),,scale(2)'/>|ATTRIBUTE|transform=scale(1),,scale(2)",
                "<polygon points='1 2 3'/>|ATTRIBUTE|points=1 2 3",
                "<metadata><style>path{fill:red}</style></metadata>|STYLE_SHEET|style",
                "<x:x xmlns:x='urn:x'><style xmlns='http://www.w3.org/1999/xhtml'>path{fill:red}</style></x:x>|STYLE_SHEET|style",
                "<g id='a'><path visibility='visible' d='M0 0h9v9z'/></g><use href='#a' visibility='hidden'/>|ATTRIBUTE|visibility",
                "<g fill='#fff'><path id='a' d='M0 0h9v9z'/></g><mask id='m'><use href='#a' fill='#f00'/></mask>|ATTRIBUTE|fill=#f00 in mask",
                "<g fill='none'><path id='a' d='M0 0h9v9z'/></g><use href='#a' opacity='.5' stroke='red'/>|ATTRIBUTE|opacity in use",
                "<marker id='k'/><mask id='m' style='mask-type:alpha'><path d='M0 0h9' marker-end='url(#k)'/></mask>|ATTRIBUTE|mask-type=alpha",
                "<mask id='m' style='mask-type:alpha'><path fill='rgba(0,0,0,.5)' d='M0 0h9v9z'/></mask>|ATTRIBUTE|fill=rgba(0,0,0,.5)",
                "<mask id='m' style='mask-type:alpha'><path stroke='#00000080' d='M0 0h9v9z'/></mask>|ATTRIBUTE|stroke=#00000080",
                "<marker id='k'><path fill='red' d='M0 0h9v9z'/></marker><mask id='m'><path d='M0 0h9' marker-end='url(#k)'/></mask>|ATTRIBUTE|fill=red in mask",
                "<marker id='m'/><path style='paint-order:markers stroke' marker-end='url(#m)' d='M0 0h9'/>|ATTRIBUTE|paint-order",
                "<path style='paint-order:stroke stroke' d='M0 0h9v9z'/>|ATTRIBUTE|paint-order=stroke stroke",
                "<path id='a' opacity='.5' d='M0 0h9v9z'/><use href='#a' stroke='red'/>|ATTRIBUTE|opacity in path",
                "<g id='a'><g opacity='.5'><path d='M0 0h9v9z'/><path d='M20 0h9v9z'/></g></g><use href='#a' stroke='red'/>|ATTRIBUTE|opacity in g",
                "<g opacity='.5'><path d='M0 0h9v9z'/><path transform='scale(2)' d='M20 0h9v9z'/></g>|ATTRIBUTE|opacity in g",
                "<g opacity='.5'><path d='M0 0h9v9z'/><path d='M9 9h9v9z'/></g>|ATTRIBUTE|opacity in g",
                "<marker id='m'/><g opacity='.5'><path d='M0 0h9v9z'/><path fill='none' marker-end='url(#m)' d='M20 9h9'/></g>|ATTRIBUTE|opacity in g",
                "<g opacity='.5'><path d='M0 0h9v9z'/><circle cx='99%' r='1'/></g>|ATTRIBUTE|opacity in g",
                "<g style='width:9px'/>|STYLE_SHEET|width",
                "<style>svg{width:9px}</style>|STYLE_SHEET|width",
                "<path fill='rgb(1%,2,3)' d='M0 0h9v9z'/>|ATTRIBUTE|fill=rgb(1%,2,3)",
            })
    void refusesContentRenderedDifferently(String content, Reason reason, String found) {
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + plain(content) + SEEN)))
                .isEqualTo(new Outcome.Refused(reason, plain(found)));
    }

    @Test
    void refusesATransformationOfTheWholeDrawing() {
        assertThat(SvgSanitizer.of(
                        ImageUpload.Kind.LOGO, bytes(OPEN.replace("viewBox", "transform='scale(.5)' viewBox") + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.ATTRIBUTE, "transform in svg"));
    }

    /** The point at 25, 5 is red; the one at 5, 5 is invisible. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rect width='20' height='20' transform='rotate(90 20 20)translate(0-0)' fill='#cc0000'/>",
                "<rect width='20' height='20' transform=' translate ( 2e1 , 0 ) ' fill='#cc0000'/>",
                "<rect width='20' height='20' transform='translate(20),scale(1) ,  rotate(0)' fill='#cc0000'/>",
                "<rect width='20' height='20' transform='matrix(1 0 0-1 20.0.20e2)scale(1 0.01)scale(1-100)translate(0,-20)' fill='#cc0000'/>"
                        + "<path d='M20 0h9v9h-9z' fill='#cc0000'/>",
                "<polygon points='20-0 40.5.5 40 10-0 10 20 10' fill='#cc0000'/>",
                "<path d='m20-0 20.5.5-.5 20-200.0e-001 0z' fill='#cc0000'/>",
                "<style>a{fill:#cc0000}g{fill:#0000cc}</style><a href='#x' target='_blank'><rect x='20' width='20' height='20'/></a>",
                "<style>switch{fill:#cc0000}</style><switch><rect x='20' width='20' height='20'/></switch>",
                "<switch><g/><g><style>.a{fill:#cc0000}</style></g></switch><switch><rect class='a' x='20' width='20' height='20'/></switch>",
                "<linearGradient id='g' color='#cc0000'><stop stop-color='currentColor'/></linearGradient>"
                        + "<rect x='20' width='20' height='20' fill='url(#g)' color='#0000cc'/>",
                "<mask id='m' style='mask-type:alpha'><rect x='20' width='20' height='40'/><rect width='20' height='40' fill='transparent'/>"
                        + "<g fill='None'><rect width='20' height='40' fill='inherit'/></g></mask>"
                        + "<g mask='url(#m)'><rect width='120' height='40' fill='#cc0000'/></g>",
                "<marker id='m' markerWidth='9' markerHeight='9' markerUnits='userSpaceOnUse'><rect width='9' height='9'/></marker>"
                        + "<path d='M1 1' marker-start='url(#m)' style='marker:none'/><rect x='20' width='20' height='20' fill='#cc0000'/>",
                "<clipPath id='c'><path clip-rule='evenodd' d='M20 0h20v20h-20z'/></clipPath>"
                        + "<g clip-path='url(#c)'><rect width='120' height='40' fill='#cc0000'/></g>",
                "<rect x='20' width='20' height='20' fill='#cc0000' stroke='#cc0000' opacity='1.0'/>",
                "<symbol id='s'><rect width='20' height='20' fill='#cc0000'/></symbol><use href='#s' x='20'/>",
                "<rect x='20' width='20' height='20' fill='#cc0000' stroke='#0000cc' stroke-width='15' style='paint-order:stroke markers'/>"
                        + "<path d='M0 0h9v30h-9z' fill='none'/>",
                "<mask id='m'><rect x='20' width='20' height='40' fill='rgb(100%, 100%, 100%)'/></mask>"
                        + "<g mask='url(#m)'><rect width='120' height='40' fill='rgb(80.00003%,0%,0%)'/></g>",
                "<g fill='#cc0000'><rect x='20' width='20' height='20' fill='' style='stroke: ;fill:'/></g>",
                "<rect x='20' width='20' height='20' fill='#cc0000'/><rect width='9' height='40' fill='#f000' stroke='rgba(9,9,9,0)'/>",
            })
    void drawsLikeBrowsers(String content) {
        var outcome = SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + "</svg>"));
        assertThat(outcome).as(String.valueOf(outcome)).isInstanceOf(Outcome.Accepted.class);
        var image = SvgRenderer.image(((Outcome.Accepted) outcome).content(), 120, 40)
                .orElseThrow();
        assertThat(image.getRGB(25, 5)).as("right").isEqualTo(0xffcc0000);
        assertThat(image.getRGB(5, 5)).as("left").isZero();
    }

    @Test
    void acceptsOpacityOfAGroupOfAdjacentShapes() {
        var letters =
                "<g opacity='.5' transform='scale(1)' fill='#cc0000'><path d='M20 0h20v9h-9v11h-11z'/><g><circle cx='60' cy='10' r='9'/></g>"
                        + "<rect x='80' width='9' height='20'/><path d='M21 30h9' fill='none'/><defs><path stroke='red' d='M20 0h20v9z'/></defs></g></svg>";
        var outcome = SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + letters));
        assertThat(outcome).as(String.valueOf(outcome)).isInstanceOf(Outcome.Accepted.class);
        var image = SvgRenderer.image(((Outcome.Accepted) outcome).content(), 120, 40)
                .orElseThrow();
        for (var x : new int[] {25, 60, 85}) {
            assertThat(image.getRGB(x, 5) >>> 24).as("at %d", x).isBetween(0x7e, 0x81);
        }
    }

    @Test
    void acceptsUserSpaceGradientsOnLines() {
        assertThat(SvgSanitizer.of(
                        ImageUpload.Kind.LOGO,
                        bytes(OPEN + "<linearGradient id='g' gradientUnits='userSpaceOnUse' x2='90'>" + COLOURS
                                + "</linearGradient><path d='M0 20H90' stroke='url(#g)'/>" + SEEN)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void prefersTheByteOrderMarkToTheDeclaration() throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        out.write(bytes("<?xml version='1.0' encoding='ISO-8859-1'?>" + OPEN + "<g id='Gr\u00fcn'/>" + SEEN));
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, out.toByteArray())).isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "<path transform='scale(1)%sx' d='M0 0h9v9z'/>",
                "<path transform='scale(1%sx)' d='M0 0h9v9z'/>",
                "<path points='1%sx' d='M0 0h9v9z'/>",
                "<path fill='rgb(1%sx' d='M0 0h9v9z'/>",
                "<path stroke-dasharray='1%sx' d='M0 0h9v9z'/>",
                "<style>a{fill:red}%sx</style>",
            })
    void readsLongWhiteSpaceInLinearTime(String content) {
        var outcome =
                SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content.replace("%s", " ".repeat(50_000)) + SEEN));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void countsRulesWhileParsing() {
        assertThat(SvgSanitizer.of(
                        ImageUpload.Kind.LOGO,
                        bytes(OPEN + "<style>" + "a,".repeat(400_000) + "a{fill:red}</style>" + SEEN)))
                .isEqualTo(new Outcome.Refused(Reason.TOO_COMPLEX));
    }

    private static String plain(String text) {
        return text.replace("\\u3000", "\u3000");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
