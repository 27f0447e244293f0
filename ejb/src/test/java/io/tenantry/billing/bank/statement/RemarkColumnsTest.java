package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Remarks and categories beside the purpose: they never decide alone, and their words are judged like those of any other text. */
class RemarkColumnsTest {
    private static final String NAMES =
            "Bemerkung,Notiz,Notizen,Note,Memo,Comment,Kommentar,Kategorie,Category,Unterkategorie,Tags,Label,Remarks,Meine Notiz,Private note,"
                    + "Anmerkung,Notatka,Kategoria,Poznámka,Opmerking,Nota,Categoría,Commentaire,Remarque,Muistiinpano,Luokka,Anteckning,"
                    + "Kategori,Notat,Megjegyzés,Σχόλιο,Interne Notiz";

    private static String file(String name, String cell, String other) {
        return "Buchungstag;Auftraggeber;IBAN;Verwendungszweck;Betrag;Währung;" + name
                + "\n20.11.2026;Oak;DE02120300000000202051;RF138641464252;100,13;EUR;" + cell
                + "\n19.11.2026;Elm;DE02300209000106531065;Strom;-50,77;EUR;" + other + "\n";
    }

    static Stream<Arguments> remarks() {
        return names("Serverkunde;Büro", "Kunde;Kunde", "wichtig;", "Hosting, Berlin;Miete");
    }

    static Stream<Arguments> doubts() {
        return names(
                "returned;",
                "pending;Miete",
                "storniert;Büro",
                "bitte zurückbuchen, Rückruf der Bank;",
                "refunded;refunded");
    }

    private static Stream<Arguments> names(String... cells) {
        return Arrays.stream(NAMES.split(",", -1))
                .flatMap(name -> Arrays.stream(cells).map(both -> Arguments.of(name, both)));
    }

    @ParameterizedTest
    @MethodSource("remarks")
    void readsFilesWithRemarks(String name, String cells) throws UnreadableStatement {
        var both = cells.split(";", -1);
        var file = file(name, both[0], both[1]);
        assertThat(Reading.rows(Reading.csv(file))).containsExactly("100.13 EUR", "-50.77 EUR");
        assertThat(Reading.layout(file).unknown()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void reviewsAndDoesNotSkipRowsWithDoubtfulRemarks(String name, String cells) throws UnreadableStatement {
        var both = cells.split(";", -1);
        assertThat(Reading.rows(Reading.csv(file(name, both[0], both[1]))).get(0))
                .startsWith("review");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X;", "V;G", "ja;nein", "1;0", "RT;", "20,00;", "18.04.2026;"})
    void reviewsCodesAndFiguresInPlaceOfRemarks(String cells) throws UnreadableStatement {
        var both = cells.split(";", -1);
        for (var name : List.of("Anmerkung", "Kategori", "Poznámka")) {
            assertThat(Reading.rows(Reading.csv(file(name, both[0], both[1]))).get(0))
                    .startsWith("review");
        }
    }
}
