package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unknown parts of a table send its incoming rows to review until a user confirms that they do not matter. */
class UnknownColumnsTest {
    private static final String FILE = """
            Datum;Text;Betrag;Xyz
            17.04.2026;RF138641464252;10,00;blorb
            18.04.2026;RF138641464252;10,00;storniert
            19.04.2026;x;-10,00;frumm
            """;

    static Stream<CsvStatementTest.Case> cases() {
        return CsvStatementTest.cases("/io/tenantry/billing/bank/csv-unknowns.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reviewsUnknownColumns(CsvStatementTest.Case given) {
        assertThat(CsvStatementTest.result(given, CsvProfile.DETECT)).isEqualTo(given.expected());
    }

    @Test
    void reviewNamesTheColumnAndItsCell() throws UnreadableStatement {
        assertThat(Reading.csv("Datum;Text;Betrag;Xyz\n17.04.2026;RF138641464252;10,00;blorb\n1.4.2026;x;-1,00;\n")
                        .rows())
                .first()
                .isInstanceOfSatisfying(StatementRow.Review.class, review -> {
                    assertThat(review.line()).isEqualTo(2);
                    assertThat(review.detail()).isEqualTo("Xyz: blorb");
                    assertThat(review.known().amount())
                            .hasValueSatisfying(amount -> assertThat(amount).isEqualByComparingTo("10"));
                });
    }

    @Test
    void doesNotAskAgainForAConfirmedColumnUnlessItHasKnownTerms() throws UnreadableStatement {
        var confirmed = CsvProfile.DETECT.withOthersConfirmed();
        assertThat(Reading.rows(Reading.csv(
                        "Datum;Text;Betrag;Xyz\n17.04.2026;RF138641464252;10,00;blorb\n1.4.2026;x;-1,00;\n",
                        confirmed,
                        Reading.GERMAN)))
                .containsExactly("10 EUR", "-1 EUR");
        assertThat(Reading.rows(Reading.csv(FILE, confirmed, Reading.GERMAN)).get(1))
                .isNotEqualTo("10 EUR");
    }

    @Test
    void checksRowKindsEvenIfOtherColumnsAreConfirmed() throws UnreadableStatement {
        assertThat(Reading.rows(Reading.csv("""
                        Datum;Text;Betrag;Buchungsart
                        17.04.2026;RF138641464252;10,00;Gutschrift
                        18.04.2026;RF138641464252;11,00;ChargebackReversed
                        18.04.2026;RF138641464252;12,00;ReserveAdjustment
                        19.04.2026;x;-10,00;Lastschrift
                        """, CsvProfile.DETECT.withOthersConfirmed(), Reading.GERMAN)))
                .containsExactly("10 EUR", "review REVERSAL", "review STATUS", "-10 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NICHT ZUSTELLBAR",
                "RECALL",
                "REJECT",
                "RTN",
                "Falschbuchung",
                "Kontoübertrag",
                "Berichtigung",
                "DEVOL",
                "VRÁTENÉ",
                "\u53d6\u6d88",
                "abc"
            })
    void checksKindsInTheBookingTextEvenIfNoneRepeats(String kind) throws UnreadableStatement {
        assertThat(Reading.rows(Reading.csv(bookingTexts(kind))).get(0)).startsWith("review");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GUTSCHR. UEBERWEISUNG", "Überweisung", "ECHTZEIT-GUTSCHRIFT", "Dauerauftrag", "Gutschrift", ""})
    void creditsAKnownKindInTheBookingText(String kind) throws UnreadableStatement {
        assertThat(Reading.rows(Reading.csv(bookingTexts(kind))).get(0)).isEqualTo("54.13 EUR");
    }

    private static String bookingTexts(String kind) {
        return "Buchungstag;Auftraggeber;IBAN;Buchungstext;Verwendungszweck;Betrag;Währung\n"
                + "20.11.2026;OAK;DE02120300000000202051;" + kind + ";RF138641464252;54,13;EUR\n"
                + "19.11.2026;Elm;DE02300209000106531065;Lastschrift;Strom;-7,00;EUR\n"
                + "18.11.2026;Ash;DE02300209000106531065;Kartenzahlung;Kauf;-8,00;EUR\n";
    }
}
