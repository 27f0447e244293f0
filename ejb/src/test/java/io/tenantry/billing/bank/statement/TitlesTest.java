package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of a line above a table, or between its rows, on the rows below it. */
class TitlesTest {
    private static final String HEADER = "Datum;Name;Verwendungszweck;Betrag\n";
    private static final String ROWS = "17.11.2026;Kunde;RF138641464252;50,00\n16.11.2026;Vermieter;Miete;-5,00\n";

    private static String above(String title) throws UnreadableStatement {
        return Reading.rows(Reading.csv(title + "\n" + HEADER + ROWS)).get(0);
    }

    private static String between(String title) throws UnreadableStatement {
        return Reading.rows(
                        Reading.csv(HEADER + "15.11.2026;x;x;7,00\n14.11.2026;y;y;-7,00\n" + title + ";;;\n" + ROWS))
                .get(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Offene Posten per 20.11.2026",
                "Ausgabenliste November 2026",
                "Zahlungsliste Kreditoren",
                "Zahllauf 47",
                "Überweisungsliste",
                "SEPA-Datei Übersicht",
                "Zahlungsvorschlag",
                "Payment run",
                "Payment proposal",
                "Budget 2027",
                "Angebote",
                "Rechnungsausgang",
                "Lastschriftvorankündigung",
                "Prenotification",
                "Wiederholungsdruck",
                "Nachdruck",
                "Gehaltsliste",
                "Lohnlauf",
                "Zur Freigabe",
                "Mahnliste",
                "OP-Liste",
                "Rückläuferliste",
                "Retouren",
                "Gelöschte Umsätze",
                "Papierkorb",
                "Archiv",
                "Kommande transaktioner",
                "Transacciones pendientes",
                "Operazioni non contabilizzate",
                "Opérations en cours",
                "Noch nicht gebuchte Umsätze",
                "Memo posts",
                "Transakcje oczekujące",
                "Umsätze in Verarbeitung",
                "Processing transactions",
                "Autorisierungen",
                "Réservations",
                "Blokady",
                "Unverbuchte Zahlungen",
                "Holds",
                "Authorizations",
                "In Klärung",
                "Kortköp ej bokförda",
                "Movimientos retenidos",
                "Movimientos no consolidados",
                "Da addebitare",
                "Prenotate",
                "Nog te verwerken",
                "Te ontvangen",
                "Avis de virement",
                "Folgende Zahlungen sind noch nicht eingegangen:",
                "Nur zur Information",
                "unaudited / preliminary",
                "Vorläufiger Auszug",
                "Zwischenauszug",
                "Interim report",
                "TESTMODUS",
                "Test mode",
                "Test",
                "Sandbox",
                "Musterauszug",
                "Demo"
            })
    void doesNotCreditEntriesThatAreNotBooked(String title) throws UnreadableStatement {
        assertThat(above(title)).isEqualTo("review OTHER_SECTION");
        assertThat(between(title)).matches("review OTHER_SECTION|skip PENDING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kopie", "Duplikat", "Zweitschrift", "Kontoauszug (Kopie)", "Duplicate statement", "Copie"})
    void reviewsCopies(String title) throws UnreadableStatement {
        assertThat(above(title)).isEqualTo("review COPY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gebuchte Umsätze",
                "Kontoauszug November 2026",
                "Keine vorgemerkten Umsätze",
                "Vorgemerkte Umsätze sind nicht enthalten",
                "Compte courant",
                "Copyright 2026 Bank"
            })
    void ignoresOtherTitles(String title) throws UnreadableStatement {
        assertThat(above(title)).isEqualTo("50 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Beträge in TEUR", "Amounts in thousands", "Amounts in cents", "Betraege in Cent"})
    void reviewsOtherUnits(String title) throws UnreadableStatement {
        assertThat(above(title)).isEqualTo("review AMOUNT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alle Beträge in US-Dollar", "Muntsoort: Amerikaanse dollar", "USD-Konto 123456"})
    void readsCurrenciesFromWords(String title) throws UnreadableStatement {
        assertThat(above(title)).isEqualTo("50 USD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dollarkonto",
                "Währung: EUR\nAlle Beträge in US-Dollar",
                "Saldo;1,00 EUR\nKonto in Pfund Sterling"
            })
    void reviewsAmbiguousOrContradictingCurrencyWords(String title) throws UnreadableStatement {
        assertThat(above(title)).isEqualTo("review CURRENCY");
    }
}
