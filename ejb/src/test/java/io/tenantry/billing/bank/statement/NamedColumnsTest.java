package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns whose names state a direction or a status, with flags and marks in place of amounts and words. */
@Tag("full")
class NamedColumnsTest {
    private static final String SIDES =
            "Haben,Soll,Credit,Debit,Incoming,Outgoing,Eingang,Ausgang,Gutschrift,Lastschrift,Deposit,Withdrawal,Paid in,Money out,Bij,Af,In,Out,"
                    + "Inflow,Outflow,Einnahme,Ausgabe,Zugang,Abgang,Debit flag,Is credit";
    private static final String MARKS = "✓,✔,☑,●,•,*,!,+,√,✅,■,→,✔️,X,x,1,Y,ja,true,?,#,§,☐,✗";

    /** The outcome of an incoming row with the cell and one without; another row is outgoing. */
    private static String become(String name, String cell, String other) {
        try {
            var rows = Reading.rows(Reading.csv("Buchungstag;Auftraggeber;IBAN;Verwendungszweck;Betrag;Währung;" + name
                    + "\n20.11.2026;Oak;DE02120300000000202051;RF138641464252;100,13;EUR;" + cell
                    + "\n19.11.2026;Elm;DE02120300000000202051;RF138641464252;50,77;EUR;" + other + "\n"));
            return rows.get(0);
        } catch (UnreadableStatement refused) {
            return "review " + refused.problem();
        }
    }

    static Stream<Arguments> flaggedSides() {
        return Arrays.stream(SIDES.split(","))
                .flatMap(
                        name -> Stream.of("X;", "true;false", "ja;nein", "No;Yes", "J;N", "1;", "✓;", "+;", "●;", "*;*")
                                .map(cells -> Arguments.of(name, cells)));
    }

    @ParameterizedTest
    @MethodSource("flaggedSides")
    void honorsAFlagForCreditOrDebit(String name, String cells) {
        var both = cells.split(";", -1);
        assertThat(become(name, both[0], both[1])).startsWith("review");
        assertThat(become(name, both[1], both[0])).startsWith("review");
    }

    static Stream<Arguments> markedStates() {
        return Stream.of(
                        "Pending,Refunded,Storno,Storniert,Cancelled,Disputed,Reversed,Declined,Void,Blocked,Failed,On hold,Chargeback,Returned,Refund ID,Chargeback date,"
                                + "Return reason,Vorgemerkt,Overdue,Reserviert,Expected,Geplant")
                .flatMap(names -> Arrays.stream(names.split(",")))
                .flatMap(name -> Arrays.stream(MARKS.split(",")).map(mark -> Arguments.of(name, mark)));
    }

    @ParameterizedTest
    @MethodSource("markedStates")
    void treatsAMarkAsAValue(String name, String mark) {
        assertThat(become(name, mark, "")).doesNotContain("EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "--", "–", "—", ".", "...", "0", "0.00", "0,00", "0,00 EUR", "n/a", "nein", "no", "none"
            })
    void treatsEmptyCellsAsNoValue(String cell) {
        assertThat(become("Refunded", cell, cell)).isEqualTo("100.13 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"✓", "✔️", "X", "yes", "ja", "☑"})
    void readsATickAsReceived(String tick) {
        assertThat(become("Received", tick, tick)).isEqualTo("100.13 EUR");
        assertThat(become("Booked", tick, tick)).isEqualTo("100.13 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Booked on;never",
                "Bezahlt am;offen",
                "Settled at;●",
                "Fee;X",
                "Gebühr;ja",
                "Balance;✓",
                "Vorzeichen;17.11.2026",
                "Sign;-1",
                "Direction;20,00",
                "Netto;X",
                "Debit note;X",
                "Gebucht am;nicht erfolgt",
                "Valuta;abc",
                "Abono;abc",
                "Kontostand;nicht erfolgt",
                "Gesamtbetrag;abc",
                "Rekening;abc",
                "Wrg;abc",
                "Datum;abc",
                "Posting date;nicht erfolgt",
                "Cargos;abc",
                "Kosten;abc",
                "Bemerkung Soll;✓"
            })
    void reviewsACellThatDoesNotFitItsColumn(String column) {
        var both = column.split(";", -1);
        assertThat(become(both[0], both[1], "")).doesNotContain("EUR");
    }
}
