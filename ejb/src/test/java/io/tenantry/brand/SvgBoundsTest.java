package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that would cause much work: refused before it is done. */
@Tag("full")
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SvgBoundsTest {
    private static final String OPEN = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 40'>";
    private static final String SEEN = "<path d='M0 0h9v9z'/></svg>";
    private static final String LONG = "M0 0" + "h1v1h-1v-1".repeat(10_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path d='M0 0h9' stroke-dasharray='%s x'/>",
                "<path d='M0 0h9' stroke-dasharray='1%s'/>",
                "<path transform='translate(%s x)' d='M0 0h9v9z'/>",
                "<polygon points='%s x'/>"
            })
    void refusesLongListsOfNumbersInLinearTime(String content) {
        assertThat(refused(content.replace("%s", " 1234567.1234567".repeat(70))).reason())
                .isEqualTo(Reason.ATTRIBUTE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<path d='M12345678 0 1 2'/>|d=M12345678 0 1 2",
                "<path d='M0 0h1.123456789012345678901'/>|d=M0 0h1.123456789012345678901",
                "<polygon points='12345678 0 1'/>|points=12345678 0 1",
                "<rect width='12345678'/>|width=12345678"
            })
    void doesNotSplitLongNumbers(String content, String found) {
        assertThat(refused(content)).isEqualTo(new Outcome.Refused(Reason.ATTRIBUTE, found));
    }

    @Test
    void refusesAReferencePaddedWithSpacesInLinearTime() {
        var spaces = " ".repeat(900_000);
        assertThat(refused("<rect fill='url(#a" + spaces + "x'/>").reason()).isEqualTo(Reason.ATTRIBUTE);
    }

    /** Before the drawing is parsed, and when the reason for a parser's refusal is looked for. */
    @ParameterizedTest
    @ValueSource(strings = {"<!--", "<![CDATA[", "&", "&a", "<!", "<!-- -->", "&a;<!-- -->"})
    void looksForEntitiesInLinearTime(String repeated) {
        var much = repeated.repeat(1_000_000 / repeated.length());
        for (var start : List.of("<!DOCTYPE svg [<!ENTITY b 'c'>]>", "<!DOCTYPE svg []>", "")) {
            assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(start + OPEN + much)))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a(", " ", "0", "{", "}", "/"})
    void readsAttributesAndStylesInLinearTime(String repeated) {
        var much = repeated.repeat(200_000 / repeated.length());
        for (var content : List.of(
                "<g transform='%s'/>",
                "<g fill='rgb(%s)'/>", "<g opacity='%s'/>", "<style>%s</style>", "<g style='%s'/>")) {
            var outcome = SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content.replace("%s", much) + SEEN));
            assertThat(outcome).isNotNull();
        }
    }

    @Test
    void refusesUnterminatedCommentsInLinearTime() {
        var comments = "/* ".repeat(300_000);
        assertThat(refused("<style>" + comments + "</style>").reason()).isEqualTo(Reason.STYLE_SHEET);
        assertThat(refused("<g style='" + comments + "'/>").reason()).isEqualTo(Reason.STYLE_SHEET);
    }

    @Test
    void limitsTheExpansionOfStyleSheets() {
        var family = "<style>path{font-family:" + "A".repeat(900_000) + "}</style>";
        assertThat(refused(family + "<path d='M0 0h9'/>".repeat(4_000))).isEqualTo(tooComplex("font-family"));
        var names =
                IntStream.range(0, 80_000).mapToObj(i -> "font-" + i + ":0;").collect(Collectors.joining());
        assertThat(refused("<style>*{" + names + "}</style>" + "<g/>".repeat(1_000)))
                .isEqualTo(tooComplex(""));
        var rules = IntStream.range(0, 80_000)
                .mapToObj(i -> (i % 90 == 0 ? "}*{" : "") + "font-" + i + ":0;")
                .collect(Collectors.joining());
        assertThat(refused("<style>" + rules.substring(1) + "}</style>" + "<g/>".repeat(500)))
                .isEqualTo(tooComplex(""));
        var family2000 = "<style>*{font-family:" + "A".repeat(1_900) + "}</style>";
        assertThat(refused(family2000 + "<g/>".repeat(4_000))).isEqualTo(tooComplex(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path id='a' d='%s'/>" + "%u",
                "<marker id='m'><path d='%s'/></marker><path d='%s' marker-mid='url(#m)'/>",
                "<pattern id='p' width='2' height='2' patternUnits='userSpaceOnUse'><path d='%s'/></pattern>"
                        + "<g fill='url(#p)'>%r</g>",
                "<pattern id='p' width='2' height='2' patternUnits='userSpaceOnUse'><path d='%s'/></pattern>"
                        + "<g id='g'>%r</g><use href='#g' fill='url(#p)'/>",
            })
    void countsRepeatedOutlinesByTheirLength(String content) {
        var drawing = content.replace("%s", LONG)
                .replace("%u", "<use href='#a'/>".repeat(4_000))
                .replace("%r", "<rect width='9' height='9'/>".repeat(4_000));
        assertThat(refused(drawing)).isEqualTo(tooComplex(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path id='a' stroke='red' stroke-dasharray='.1' d='M0 0h1000'/>%u",
                "<path id='a' d='M0 0h1000'/><g stroke='red' stroke-dasharray='.1'>%u</g>",
                "<line x2='9999999%' stroke='red' stroke-dasharray='1'/>",
                "<svg width='9999999in' height='1'><line x2='100%' stroke='red' stroke-dasharray='9'/></svg>",
                "<rect width='99999in' height='1' stroke='red' stroke-dasharray='9'/>",
                "<path d='M0 0Q1 1 0 0%t' stroke='red' stroke-dasharray='1'/>",
                "<path d='M0 0A.001 1000 0 0 0 9 0' stroke='red' stroke-dasharray='1'/>",
            })
    void countsDashesForEachUse(String content) {
        var drawing = content.replace("%u", "<use href='#a'/>".repeat(100)).replace("%t", "T0 1 0 0".repeat(9_000));
        assertThat(refused(drawing + "<g/>".repeat(3_000))).isEqualTo(tooComplex("stroke-dasharray"));
    }

    @Test
    void acceptsADashedLineAmongManyParts() {
        var dashed = "<path stroke='#000' stroke-dasharray='2 1' d='M0 20q5-5 10 0t10 0 10 0'/>";
        assertThat(SvgSanitizer.of(
                        ImageUpload.Kind.LOGO,
                        bytes(OPEN + dashed + "<rect width='100%' height='100%'/>".repeat(500) + SEEN)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void refusesDrawingsBeyondTheLimitsOfTheRenderer() {
        var many = "<g id='a'>" + "<path d='M0 0h1'/>".repeat(100) + "</g>" + "<use href='#a'/>".repeat(60);
        assertThat(refused(many)).isEqualTo(tooComplex(""));
        for (var length : new int[] {18, 4_000}) {
            var chain = IntStream.range(0, length)
                    .mapToObj(i -> "<use id='u" + i + "' href='#u" + (i + 1) + "'/>")
                    .collect(Collectors.joining("", "", "<g id='u" + length + "'/>"));
            assertThat(refused(chain)).as("%d uses", length).isEqualTo(tooComplex(""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path d='M0 0%q'/>",
                "<path d='M0 0%n'/>",
                "<path d='M0 0%l'/>",
                "<path d='M0 0%a'/>",
                "<path d='%t'/>",
                "%c",
            })
    void refusesIntersectingCurvesInClipPaths(String outlines) {
        var clipped = "<clipPath id='c'>" + outlines + "</clipPath><g clip-path='url(#c)'><path d='M0 0h9v9z'/></g>";
        var curves = repeated(200, i -> "Q" + i * 7 % 90 + " " + i * 13 % 40 + " " + i * 11 % 80 + " 9");
        var drawing = clipped.replace("%q", curves)
                .replace("%n", repeated(15, i -> "Q50 " + i + " 90 0z"))
                .replace("%l", repeated(400, i -> "L" + i * 7 % 90 + " " + i * 13 % 40))
                .replace("%a", repeated(40, i -> "A" + (i + 20) + " 9 0 0 1 " + i % 2 * 30 + " 0"))
                .replace("%t", repeated(2_500, i -> "M" + i * .04 + " 0h.01v40z"))
                .replace("%c", repeated(30, i -> "<circle cx='" + i + "' cy='20' r='19'/>"));
        assertThat(refused(drawing)).isEqualTo(tooComplex(""));
    }

    @Test
    void multipliesTheCostOfNestedClipPaths() {
        var dots = repeated(40, i -> "M" + i * 3 + " 0q1 1 0 2z");
        var inner = repeated(3, i -> "<g clip-path='url(#c)'>") + "<path d='M0 0h9v9z'/>" + "</g>".repeat(3);
        assertThat(refused("<clipPath id='c'><path d='" + dots + "'/></clipPath>" + inner))
                .isEqualTo(tooComplex(""));
    }

    @Test
    void acceptsClipPathsOfALogo() {
        var dots = repeated(20, i -> "M" + i * 6 + " 0c3 0 5 2 5 5s-2 5-5 5z");
        var clipPaths = "<clipPath id='c'><path d='" + dots + "'/></clipPath>"
                + "<clipPath id='b'><path d='M0 0h120v40H0z'/></clipPath>"
                + "<clipPath id='r'><circle cx='60' cy='20' r='60'/></clipPath>";
        var drawn = "<g clip-path='url(#b)'><g clip-path='url(#r)'><rect width='120' height='40'/></g>"
                + "<g clip-path='url(#c)'><rect width='120' height='40'/></g></g>";
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + clipPaths + drawn + SEEN)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path fill='none' stroke='red' stroke-width='30' d='M0 0%s'/>",
                "<path d='M0 0%l'/>",
                "<path fill='none' stroke='red' d='M0 0%q'/>",
                "<g transform='scale(20)'><path stroke='red' stroke-width='1.5' d='M0 0%s'/></g>",
                "<g stroke-width='99%'><path id='a' d='M0 0%s'/></g><use href='#a' stroke='red'/>",
                "<g transform='scale(0)'><path stroke='red' stroke-width='999%' d='M0 0h9'/></g>"
                        + "<path fill='none' stroke='red' stroke-width='30' d='M0 0%s'/>",
                "<path stroke='red' stroke-width='30' stroke-dasharray='.01' d='M0 0H120M0 9H120'/>",
                "<marker id='m'><path stroke='red' d='M0 0%s'/></marker><path d='M0 0h9' stroke-width='40' marker-end='url(#m)'/>",
            })
    void refusesLongOrThickOutlines(String content) {
        var drawing = content.replace("%s", repeated(22_000, i -> "h1v" + i % 2))
                .replace("%l", repeated(18_000, i -> "L" + i % 2 * 120 + " " + i * 7 % 40))
                .replace(
                        "%q",
                        repeated(
                                7_000,
                                i -> "Q" + i * 7 % 120 + " " + i * 13 % 40 + " " + i * 11 % 120 + " " + i % 2 * 40));
        assertThat(refused(drawing)).isEqualTo(tooComplex(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<g fill='none' stroke='#000' stroke-width='.3'>%t</g>",
                "<g transform='translate(0 40) scale(.1 -.1)'><path d='%p'/></g>",
                "<path stroke='#000' stroke-width='3' d='%h'/>",
                "<marker id='m'><path d='M0 0h2v2z'/></marker><path d='M0 0h9' stroke='#000' marker-end='url(#m)'/>%t",
                "<svg viewBox='0 0 360 120' width='120' height='40'><svg viewBox='0 0 120 40' width='360' height='120'>%t</svg></svg>",
            })
    void acceptsTracedAndHatchedLogos(String content) {
        var drawing = content.replace(
                        "%t", "<path d='" + repeated(8_000, i -> "M" + i % 120 + " " + i % 40 + "q1 0 1 1") + "'/>")
                .replace("%p", repeated(6_000, i -> "M" + i * 7 % 1_200 + " " + i * 13 % 400 + "c9 0 15 6 15 15z"))
                .replace("%h", repeated(300, i -> "M" + i * .4 + " 0v40"));
        assertThat(SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + drawing + SEEN)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<g transform='scale(9999)'><g transform='scale(9999)'><path d='M0 0h9v9z'/></g></g>",
                "<svg width='9' height='9' viewBox='0 0 .0001 .0001'><g transform='scale(9999)'><path d='M0 0h9v9z'/></g></svg>",
                "<g id='g' transform='matrix(99999 0 0 99999 0 0)'><path d='M0 0h9999v9z'/></g>",
            })
    void refusesExtremeScaling(String content) {
        assertThat(refused(content)).isEqualTo(tooComplex("transform"));
    }

    private static String repeated(int times, IntFunction<String> part) {
        return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining());
    }

    private static Outcome.Refused refused(String content) {
        var outcome = SvgSanitizer.of(ImageUpload.Kind.LOGO, bytes(OPEN + content + SEEN));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return (Outcome.Refused) outcome;
    }

    private static Outcome.Refused tooComplex(String found) {
        return new Outcome.Refused(Reason.TOO_COMPLEX, found);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
