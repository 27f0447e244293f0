package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A footnote mark may refer to a remark that the file does not contain. */
class FootnoteMarksTest {
    private static String first(String payer, String status) throws UnreadableStatement {
        return Reading.rows(Reading.csv(
                        "Buchungstag;Zahlungspflichtige*r;Zahlungsempfänger*in;Status;Verwendungszweck;Betrag;Währung\n17.04.2026;"
                                + payer + ";Aurora;" + status
                                + ";RF138641464252;10,00;EUR\n16.04.2026;Aurora;Strom AG;Gebucht;Strom;-7,00;EUR\n"))
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " *", "**", "†", "‡", "¹", "²", " †"})
    void reviewsAMarkedStatusOrPayer(String mark) throws UnreadableStatement {
        assertThat(first("Ann Oak" + mark, "Gebucht")).startsWith("review");
        assertThat(first("Ann Oak", "Gebucht" + mark)).startsWith("review");
    }

    @Test
    void creditsNamesWithSignsWithin() throws UnreadableStatement {
        assertThat(first("Ann Oak", "Gebucht")).isEqualTo("10 EUR");
        assertThat(first("S*Team GmbH", "Gebucht")).isEqualTo("10 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rückenwind GmbH",
                "Rückert",
                "Rücklage Immobilien GmbH",
                "Rückmeldung GmbH",
                "Rev. John Smith",
                "Void Games Ltd",
                "Retour Logistik GmbH",
                "Anna Ruck",
                "Ruck",
                "Ann",
                "Dev",
                "Duplikat Druck GmbH",
                "Dev Kumar"
            })
    void creditsNamesThatContainSuchAWord(String payer) throws UnreadableStatement {
        assertThat(first(payer, "Gebucht")).isEqualTo("10 EUR");
    }
}
