package io.tenantry.billing.bank.statement;

import static io.tenantry.billing.bank.statement.CamtFiles.entries;
import static io.tenantry.billing.bank.statement.CamtFiles.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts beside a customer's reference, from tables: CSV and camt.053 files are judged alike. */
@Tag("full")
class TextDoubtsTest {
    private static final String REF = "RF065686613130";

    private static Stream<String> table(String kind) {
        var file = "/io/tenantry/billing/bank/doubtful-texts.txt";
        try (var in = TextDoubtsTest.class.getResourceAsStream(file)) {
            return new String(java.util.Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .flatMap(line ->
                            Arrays.stream(line.substring(line.indexOf(':') + 1).split(",", -1)))
                    .map(String::strip);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    static Stream<String> reviewed() {
        return table("REVIEWED");
    }

    static Stream<String> credited() {
        return table("CREDITED");
    }

    private static String csv(String text) throws UnreadableStatement {
        return Reading.rows(Reading.csv("Buchungstag;Verwendungszweck;Betrag;Währung\n17.04.2026;\"" + text
                        + "\";10,00;EUR\n16.04.2026;Strom;-7,00;EUR\n"))
                .get(0);
    }

    private static List<String> camt(String text) throws UnreadableStatement {
        var ref = "<RmtInf><Ustrd>" + REF + "</Ustrd></RmtInf>";
        return Reading.rows(entries(entry(
                        "10.00",
                        "<NtryDtls><TxDtls><RmtInf><Ustrd>" + text + " " + REF
                                + "</Ustrd></RmtInf></TxDtls></NtryDtls>")
                + entry(
                        "10.00",
                        "<NtryDtls><TxDtls>" + ref + "</TxDtls></NtryDtls><AddtlNtryInf>" + text + "</AddtlNtryInf>")
                + entry(
                        "10.00",
                        "<NtryDtls><TxDtls>" + ref + "<AddtlTxInf>" + text + "</AddtlTxInf></TxDtls></NtryDtls>")));
    }

    @ParameterizedTest
    @MethodSource("reviewed")
    void reviewsATextThatMayNotBeAPayment(String text) throws UnreadableStatement {
        var spellings = Stream.of(text, text.toUpperCase(Locale.ROOT), DoubtfulTerms.fold(text))
                .filter(spelling -> text.indexOf('.') < 0 || spelling.equals(text));
        for (var spelling : spellings.toList()) {
            assertThat(csv(spelling + " " + REF)).as(spelling).startsWith("review");
            assertThat(csv(REF + " " + spelling)).as(spelling).startsWith("review");
            assertThat(camt(spelling)).as(spelling).allMatch(row -> row.startsWith("review"));
        }
    }

    @ParameterizedTest
    @MethodSource("credited")
    void creditsATextOfACustomer(String text) throws UnreadableStatement {
        assertThat(csv(text + " " + REF)).isEqualTo("10 EUR");
        assertThat(camt(text)).containsOnly("10 EUR");
    }

    @Test
    void ignoresTheTermsForOutgoingMoney() throws UnreadableStatement {
        assertThat(Reading.rows(Reading.csv("Buchungstag;Verwendungszweck;Betrag;Währung\n17.04.2026;Zahlung " + REF
                        + ";10,00;EUR\n16.04.2026;Zinsen Darlehen;-7,00;EUR\n")))
                .containsExactly("10 EUR", "-7 EUR");
    }
}
