package io.tenantry.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.pricing.PriceListCsv.Fault;
import io.tenantry.catalog.pricing.PriceListCsv.Problem;
import io.tenantry.catalog.pricing.PriceListCsv.Reading;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceListCsvTest {
    private static final String HEADER = "kind,provider,code,region,monthly,orderable\n";
    private static final Currency EURO = Currency.getInstance("EUR");

    private static Reading read(String text) {
        return PriceListCsv.read(text, EURO);
    }

    private static Reading read(byte[] file) {
        return PriceListCsv.read(file, EURO);
    }

    private static List<Fault> faults(String rows) {
        return read(HEADER + rows).faults();
    }

    @Test
    void roundTripsPrices() {
        var items = List.of(
                new PriceItem(
                        PriceFixture.plan("linode", "g6, \"nano\"", "eu-west"),
                        new BigDecimal("4.95000001"),
                        true,
                        Optional.empty()),
                new PriceItem(PriceFixture.plan("linode", "=cmd", ""), BigDecimal.ZERO, false, Optional.empty()),
                new PriceItem(PriceFixture.plan("linode", "'quoted", ""), BigDecimal.ONE, false, Optional.empty()),
                new PriceItem(
                        PriceFixture.addon("platform", "VOLUME"), new BigDecimal("0.05"), true, Optional.empty()));
        var text = PriceListCsv.write(items);
        assertThat(text).contains("\"'=cmd\"");
        var read = read(text);
        assertThat(read.faults()).isEmpty();
        assertThat(read.items()).isEqualTo(items);
        assertThat(read("\uFEFF" + text).items()).isEqualTo(items);
        assertThat(read(text.replace("\",\"", "\";\"")).items()).isEqualTo(items);
    }

    @Test
    void namesTheSizeInCodesOfThePlatform() {
        var text = PriceListCsv.write(List.of(
                new PriceItem(PriceFixture.plan("platform", "=1+1", ""), BigDecimal.ONE, true, Optional.empty()),
                new PriceItem(PriceFixture.plan("platform", "9-9", ""), BigDecimal.ONE, true, Optional.empty()),
                new PriceItem(
                        PriceFixture.plan("platform", PriceKey.codeOf(1, 1024, 10, 0, true), ""),
                        BigDecimal.ONE,
                        true,
                        Optional.empty())));
        var read = read(text);
        assertThat(read.faults()).extracting(PriceListCsv.Fault::problem).containsOnly(PriceListCsv.Problem.CODE);
        assertThat(read.faults()).extracting(PriceListCsv.Fault::line).containsExactly(2L, 3L);
    }

    @Test
    void writesNoFormulaForAnySeparator() {
        var pieces = List.of(
                "=",
                "+",
                "-",
                "@",
                "x;=cmd|'/C calc'!A0;y",
                ";",
                ",",
                "\"",
                "'",
                " ",
                "\u00a0",
                "\uff1d",
                "|",
                "a",
                "\\");
        var random = new Random(18);
        for (var round = 0; round < 2_000; round++) {
            var code = new StringBuilder("c");
            for (var left = random.nextInt(6); left > 0; left--) {
                code.insert(random.nextInt(2) * code.length(), pieces.get(random.nextInt(pieces.size())));
            }
            var item = new PriceItem(
                    PriceFixture.plan("linode", code.toString(), "").tidied(), BigDecimal.ONE, true, Optional.empty());
            var text = PriceListCsv.write(List.of(item));
            assertThat(text).doesNotContainPattern("[;,|][\\s\\p{Z}\"]*[=+@\uff1d-]");
            assertThat(read(text).items()).as(text).containsExactly(item);
        }
    }

    @Test
    void reportsEveryFaultWithItsLineAndImportsNothing() {
        assertThat(faults("""
                plan,linode,a,,1,yes
                plan,linode,b,,1
                server,linode,c,,1,yes

                plan,Linode!,d,,1,yes
                plan,linode,,,1,yes
                addon,linode,DISK,,1,yes
                plan,linode,f,,-1,yes
                plan,linode,g,,"1,5",yes
                plan,linode,h,,1.123456789,yes
                plan,linode,i,,1e3,yes
                plan,linode,j,,1000001,yes
                plan,linode,k,,1,perhaps
                plan,linode,a,,2,yes
                """))
                .containsExactly(
                        new Fault(3, Problem.CELLS, "5"),
                        new Fault(4, Problem.KIND, "server"),
                        new Fault(6, Problem.PROVIDER, "Linode!"),
                        new Fault(7, Problem.CODE, ""),
                        new Fault(8, Problem.CODE, "DISK"),
                        new Fault(9, Problem.MONTHLY, "-1"),
                        new Fault(10, Problem.MONTHLY, "1,5"),
                        new Fault(11, Problem.MONTHLY, "1.123456789"),
                        new Fault(12, Problem.MONTHLY, "1e3"),
                        new Fault(13, Problem.MONTHLY, "1000001"),
                        new Fault(14, Problem.ORDERABLE, "perhaps"),
                        new Fault(15, Problem.DUPLICATE, "2"));
        assertThat(read(HEADER + "plan,linode,a,,1,yes\nplan,linode,b,,x,yes\n").items())
                .isEmpty();
    }

    private static final String ROWS = """
            kind;provider;code;region;monthly;orderable
            plan;linode;a;fra;4.95;yes
            addon;linode;VOLUME;;0.005;no
            """;

    private static final List<PriceItem> ITEMS = List.of(
            new PriceItem(PriceFixture.plan("linode", "a", "fra"), new BigDecimal("4.95"), true, Optional.empty()),
            new PriceItem(PriceFixture.addon("linode", "VOLUME"), new BigDecimal("0.005"), false, Optional.empty()));

    private static void assertReads(String as, byte[] file) {
        var read = read(file);
        assertThat(read.faults()).as(as).isEmpty();
        assertThat(read.items()).as(as).isEqualTo(ITEMS);
    }

    @Test
    void readsSpreadsheetExports() {
        assertReads("UTF-8", ROWS.getBytes(StandardCharsets.UTF_8));
        assertReads("with a mark", ("\uFEFF" + ROWS).getBytes(StandardCharsets.UTF_8));
        assertReads("UTF-16, little end first", ("\uFEFF" + ROWS).getBytes(StandardCharsets.UTF_16LE));
        assertReads("UTF-16, big end first", ("\uFEFF" + ROWS).getBytes(StandardCharsets.UTF_16BE));
        assertReads("UTF-16 without a mark", ROWS.getBytes(StandardCharsets.UTF_16LE));
        assertReads("tabs", ROWS.replace(';', '\t').getBytes(StandardCharsets.UTF_8));
        assertReads("Windows", ROWS.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        assertReads("said separator", ("sep=;\r\n" + ROWS).getBytes(StandardCharsets.UTF_8));
        assertReads("said comma", ("\"sep=,\"\n" + ROWS.replace(';', ',')).getBytes(StandardCharsets.UTF_8));
        assertReads("said tab", ("SEP=\t\n" + ROWS.replace(';', '\t')).getBytes(StandardCharsets.UTF_8));
        assertReads("an empty line first", ("\n" + ROWS).getBytes(StandardCharsets.UTF_8));
        assertReads("emptied rows", (ROWS + ";;;;;\n ; ;;;;\n").getBytes(StandardCharsets.UTF_8));
        assertReads("emptied columns", ROWS.replace("\n", ";;\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsLinesAsInTheFile() {
        assertThat(read(("sep=;\n\n" + ROWS + "plan;linode;b;;x;yes\n").getBytes(StandardCharsets.UTF_8))
                        .faults())
                .containsExactly(new Fault(6, Problem.MONTHLY, "x"));
    }

    @Test
    void refusesInvalidCharacters() {
        assertThat(read(ROWS.replace(";a;", ";gr\u00f6\u00dfe;").getBytes(StandardCharsets.ISO_8859_1))
                        .faults())
                .containsExactly(new Fault(1, Problem.ENCODING, ""));
        assertThat(read(ROWS.replace("4.95", "4.\u000095").getBytes(StandardCharsets.UTF_8))
                        .faults())
                .containsExactly(new Fault(2, Problem.CONTROL, ""));
        assertThat(read(HEADER + "plan,linode,gr\ufffde,,1,yes\n").faults())
                .containsExactly(new Fault(2, Problem.CODE, "gr\ufffde"));
    }

    /** Where cells are not separated by commas, the dot may be a thousands separator: no amount is reduced to a thousandth by mistake. */
    @Test
    void asksAboutAmountsThatCouldBeThousands() {
        var header = HEADER.replace(',', ';');
        assertThat(read(header + """
                plan;linode;a;;1.234;yes
                plan;linode;b;;999.000;yes
                plan;linode;c;;1.2340;yes
                plan;linode;d;;0.234;yes
                plan;linode;e;;1.23;yes
                plan;linode;f;;1234.567;yes
                plan;linode;g;;1234,50;yes
                plan;linode;h;;1.234,50;yes
                plan;linode;i;;1 234.50;yes
                plan;linode;j;;;yes
                """).faults())
                .containsExactly(
                        new Fault(2, Problem.AMBIGUOUS, "1.234"),
                        new Fault(3, Problem.AMBIGUOUS, "999.000"),
                        new Fault(8, Problem.MONTHLY, "1234,50"),
                        new Fault(9, Problem.MONTHLY, "1.234,50"),
                        new Fault(10, Problem.MONTHLY, "1 234.50"),
                        new Fault(11, Problem.MONTHLY, ""));
        assertThat(faults("plan,linode,a,,1.234,yes\n")).isEmpty();
    }

    @Test
    void refusesFilesThatAreNoPriceList() {
        assertThat(read("").faults()).containsExactly(new Fault(1, Problem.HEADER, ""));
        assertThat(read("a,b\n1,2\n").faults()).containsExactly(new Fault(1, Problem.HEADER, "a,b"));
        assertThat(read(HEADER + "plan,\"linode,a").faults())
                .extracting(Fault::problem)
                .containsExactly(Problem.FILE);
        assertThat(read("x".repeat(PriceListCsv.LENGTH_MAX + 1)).faults())
                .containsExactly(new Fault(1, Problem.FILE, ""));
    }

    @Test
    void refusesInvisibleCharactersInCodes() {
        for (var unseen : new String[] {"\u200b", "\u00ad", "\u2060", "\u202e"}) {
            assertThat(faults("plan,linode,sm" + unseen + "all,,1.00,yes\n"))
                    .extracting(Fault::problem)
                    .containsExactly(Problem.CODE);
        }
    }

    @Test
    void treatsDifferentSpellingsOfACodeAsDuplicates() {
        assertThat(faults("plan,platform,01-2048-040-20480,,1,yes\nplan,platform,1-2048-40-20480,,1,yes\n"))
                .containsExactly(new Fault(3, Problem.DUPLICATE, "2"));
        for (var blank : new String[] {"\u00a0", "\u202f", "  ", "\u3000"}) {
            assertThat(faults("plan,linode,cx 22,,1,yes\nplan,linode,cx" + blank + "22,,1,yes\n"))
                    .containsExactly(new Fault(3, Problem.DUPLICATE, "2"));
            assertThat(faults("plan,linode,a,eu west,1,yes\nplan,linode,a,eu" + blank + "west,1,yes\n"))
                    .containsExactly(new Fault(3, Problem.DUPLICATE, "2"));
        }
        assertThat(faults("plan,linode,cx22,,1,yes\nplan,linode,\uff43x22,,1,yes\n"))
                .containsExactly(new Fault(3, Problem.DUPLICATE, "2"));
        assertThat(read(HEADER + "plan,platform,01-2048-0-unlimited,,1,yes\nplan,linode,cx\u00a0 22,,1,yes\n")
                        .items())
                .extracting(item -> item.key().code())
                .containsExactly("1-2048-0-unlimited", "cx 22");
    }

    @Test
    void distinguishesSimilarLatinCodes() {
        assertThat(faults(
                        "plan,linode,g1,,1,yes\nplan,linode,gl,,1,yes\nplan,linode,rn,,1,yes\nplan,linode,m,,1,yes\n"))
                .isEmpty();
        assertThat(faults("plan,linode,gr\u00f6\u00dfe,,1,yes\nplan,linode,\u4e2d,,1,yes\n"))
                .isEmpty();
    }

    @Test
    void refusesLookalikesOfAnotherScript() {
        assertThat(faults(
                        "plan,linode,\u0441x22,,1,yes\nplan,linode,\u0441\u0445,,1,yes\nplan,linode,a,\u0435u,1,yes\n"))
                .containsExactly(
                        new Fault(2, Problem.LETTERS, "\u0441x22"),
                        new Fault(3, Problem.LETTERS, "\u0441\u0445"),
                        new Fault(4, Problem.LETTERS, "\u0435u"));
        assertThat(PriceFixture.plan("linode", "\u0441x22", "").isCode()).isFalse();
        assertThat(PriceFixture.plan("linode", "cx22", "").isCode()).isTrue();
    }
}
