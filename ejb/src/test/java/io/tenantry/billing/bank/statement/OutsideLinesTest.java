package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines above, between and below the rows of a table: one that is not understood leaves nothing certain until a person accepts it. */
class OutsideLinesTest {
    private static final String HEADER = "Buchungstag;Auftraggeber;IBAN;Verwendungszweck;Betrag;Währung\n";
    private static final String IN = "20.11.2026;OAK GMBH;DE02120300000000202051;RF138641464252;100,13;EUR\n";
    private static final String OUT = "19.11.2026;ELM;DE02120300000000202052;x;-50,10;EUR\n";

    private static BankStatement read(String file, String... accepted) throws UnreadableStatement {
        return Reading.csv(file, CsvProfile.DETECT.withAcceptedLines(List.of(accepted)), Reading.GERMAN);
    }

    private static String credit(BankStatement statement) {
        return Reading.rows(statement).stream()
                .filter(row -> row.startsWith("100") || row.startsWith("review"))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Umsatzart: Ausgaben",
                "Umsatzart;Ausgaben",
                "Umsatzart Ausgaben",
                "Buchungsart: Terminüberweisungen",
                "Type: cards",
                "Status: a",
                "Kategorie: Retail",
                "Betrag: > 100",
                "Negative Beträge = Eingänge",
                "Umgekehrte Vorzeichen",
                "Sign: inverted",
                "Terminüberweisungen",
                "Überweisungen gesendet",
                "Gesendete Zahlungen",
                "Sent payments",
                "Zahlungen an",
                "Umsätze an OAK GMBH",
                "Letzte Empfänger",
                "Empfänger",
                "Virements émis",
                "Transferencias emitidas",
                "Bonifici in uscita",
                "Invoices to be paid",
                "Zahlungserinnerungen",
                "Échéancier",
                "Aged debtors",
                "Customer statement",
                "Remittance advice",
                "Credit notes",
                "To be approved",
                "Zu prüfen",
                "Nicht verarbeitet",
                "Gebuchte Umsätze nicht enthalten",
                "Warteschlange",
                "Errors",
                "Sollstellungen",
                "Rechnungsjournal",
                "Bestellungen",
                "Wiederkehrende Zahlungen",
                "Quittungen",
                "Mandant: TEST",
                "Export aus Test-Mandant",
                "UAT",
                "Staging",
                "Schulung",
                "Übung",
                "Kassenbuch",
                "Kreditkartenabrechnung",
                "Depotauszug",
                "Treuhandkonto",
                "Blocked account",
                "Kontoart: Darlehen",
                "Kontoart;Kreditkarte",
                "Kontobezeichnung: Mietkautionen",
                "Account name: Escrow",
                "Konto: Tagesgeld",
                "取引明細",
                "Выписка",
                "Umsätze bis DE02120300000000202051",
                "Transactions to 12345678",
                "To: 12345678",
                "UAT Commerzbank AG",
                "Kontoinhaber: Testfirma",
                "Bank: Testbank",
                "Umsatz 2026",
                "Oak GmbH",
                "R03",
                "AC04",
                "\u2717"
            })
    void asksAboutALineAboveThatIsNotUnderstood(String line) throws UnreadableStatement {
        for (var file : List.of(line + "\n\n" + HEADER + IN + OUT, line + "\n\n" + HEADER + IN)) {
            var statement = read(file);
            assertThat(credit(statement)).startsWith("review ");
            assertThat(statement.unknownLines()).containsExactly(line.replace(";", "; "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Negative Beträge sind Eingänge",
                "Positive amounts are payments you made",
                "Alle Angaben ohne Gewähr. Kein Kontoauszug.",
                "* siehe Rückseite",
                "Beträge sind vom Konto abgegangen",
                "Ohne Anerkennung einer Zahlung",
                "Hinweis;Alle Beträge sind Ausgänge",
                "Auswahl: Ausgaben;01.11.2026",
                "Auszahlungen",
                "Zeitraum;01.11.2026;Auswahl;Ausgaben;;",
                "Konto;1234;Kreditkarte",
                "Saldo;5,00;Alle Beträge negativ",
                "Saldo;5,00;Alle Beträge negativ;;;",
                "Kontostand;20.11.2026;nach Abzug der Ausgaben;1,00;EUR",
                "Saldo;Alle Beträge sind Ausgänge",
                "N",
                "+",
                "Simulation",
                "Entwurf",
                "Storniert",
                "Nicht ausgeführt",
                "Status: nicht gebucht",
                "Liste der Zahlungen"
            })
    void asksAboutALineBelowThatIsNotUnderstood(String line) throws UnreadableStatement {
        var statement = read(HEADER + IN + OUT + "\n" + line + "\n");
        assertThat(Reading.rows(statement).get(0)).isEqualTo("review UNKNOWN_LINE");
        assertThat(statement.unknownLines())
                .containsExactly(line.replaceAll(";+$", "").replace(";", "; "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vorgemerkte Umsätze", "Pending transactions", "Umsatzanzeige", "Seite 1"})
    void understandsTheTitleOfAnEmptySection(String line) throws UnreadableStatement {
        assertThat(credit(read(HEADER + IN + OUT + "\n" + line + "\n"))).isEqualTo("100.13 EUR");
    }

    @Test
    void aMarkedFootnoteQualifiesTheRows() throws UnreadableStatement {
        assertThat(Reading.rows(read(HEADER + IN + OUT + "\n* nicht ausgeführt\n"))
                        .get(0))
                .isEqualTo("review OTHER_SECTION");
    }

    @Test
    void aFootnoteNamesTheCurrencyOfEveryRow() throws UnreadableStatement {
        assertThat(Reading.rows(read(HEADER + IN + OUT + "\nBeträge in US-Dollar\n"))
                        .get(0))
                .isEqualTo("review CURRENCY");
        assertThat(Reading.rows(read(HEADER + IN + OUT + "\nBeträge in Euro\n")).get(0))
                .isEqualTo("100.13 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mappe Meyer", "Alle obigen Angaben ohne Anerkennung"})
    void aLineBetweenRowsConcernsThoseAboveAndBelow(String line) throws UnreadableStatement {
        var file = HEADER + IN + line + ";;;;;\n" + HEADER + IN.replace("100,13", "7,00");
        assertThat(Reading.rows(read(file)))
                .containsExactly("review UNKNOWN_LINE", "skip NOTE", "skip HEADER", "review OTHER_SECTION");
        assertThat(Reading.rows(read(file, line))).containsExactly("100.13 EUR", "skip NOTE", "skip HEADER", "7 EUR");
    }

    @Test
    void aRemarkBetweenRowsIsNoHeadingOfThoseBelowAlone() throws UnreadableStatement {
        var file = HEADER + IN + "Beträge sind Ausgänge;;;;;\n" + HEADER + IN.replace("100,13", "7,00");
        assertThat(Reading.rows(read(file)))
                .containsExactly("review UNKNOWN_LINE", "skip NOTE", "skip HEADER", "review OTHER_SECTION");
    }

    @Test
    void aDoubtfulSentenceBetweenRowsAppliesToThoseAbove() throws UnreadableStatement {
        var next = HEADER + IN.replace("100,13", "7,00");
        assertThat(Reading.rows(read(HEADER + IN + "Obige Buchungen sind noch nicht ausgeführt;;;;;\n" + next)))
                .startsWith("review OTHER_SECTION");
        assertThat(Reading.rows(read(HEADER + IN + "Folgende Buchungen sind noch nicht ausgeführt;;;;;\n" + next)))
                .startsWith("100.13 EUR")
                .doesNotContain("7 EUR");
    }

    @Test
    void namesTheLineInTheReview() throws UnreadableStatement {
        assertThat(read("Umsatzart: Ausgaben\n" + HEADER + IN + OUT).reviews())
                .singleElement()
                .satisfies(row -> assertThat(row.detail()).isEqualTo("Umsatzart: Ausgaben"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Umsätze",
                "Kontoumsätze",
                "Umsatzanzeige",
                "Kontoauszug Nr. 11/2026",
                "Gebuchte Umsätze vom 01.11.2026 bis 25.11.2026",
                "Umsätze Girokonto DE89 3704 0044 0532 0130 00",
                "DE89370400440532013000",
                "****1234",
                "1.234,56 EUR",
                "Account statement",
                "Booked transactions",
                "Transactions from 1 November 2026 to 25 November 2026",
                "Relevé de compte",
                "Rekeningafschrift",
                "Movimientos de cuenta",
                "Lista movimenti",
                "IBAN: DE89 3704 0044 0532 0130 00",
                "IBAN;DE89370400440532013000;EUR",
                "Konto;DE89370400440532013000 / Girokonto",
                "BIC: COBADEFFXXX",
                "Kontoinhaber: Aurora Cloud GmbH",
                "Kundennummer: 100 1234567",
                "Bank: Commerzbank AG",
                "Filiale;Berlin Mitte",
                "Zeitraum: 01.11.2026 - 25.11.2026",
                "Zeitraum;letzte 30 Tage",
                "Von;01.11.2026;Bis;25.11.2026",
                "To: 20261125",
                "Generated at 2026-11-25T10:00:00Z",
                "Erstellt am: 25.11.2026 09:15 Uhr",
                "Währung: EUR",
                "Anfangssaldo;1.000,00;EUR",
                "Kontostand vom 25.11.2026: 1.050,03 EUR",
                "Verfügbarer Betrag;500,00 EUR",
                "Seite 1 von 1",
                "Anzahl Umsätze;2",
                "Kontoart: Girokonto",
                "Type: CCP",
                "Account type: Business current account",
                "Umsatzart: Alle",
                "Status: gebucht",
                "Suchbegriff: keine",
                "Filter:",
                "Sortierung: Buchungsdatum absteigend",
                "Keine vorgemerkten Umsätze",
                "---------------------"
            })
    void readsALineThatIsUnderstood(String line) throws UnreadableStatement {
        var statement = read(line + "\n\n" + HEADER + IN + OUT);
        assertThat(statement.unknownLines()).isEmpty();
        assertThat(credit(statement)).isEqualTo("100.13 EUR");
    }

    @Test
    void knowsTheNameOfTheReseller() throws UnreadableStatement {
        var known = new ReadDefaults(
                "-", Currency.getInstance("EUR"), "DE", Reading.TODAY, Set.of(), Set.of("Aurora Cloud GmbH"));
        for (var line :
                List.of("AURORA CLOUD GMBH", "Kontoinhaber: Aurora Cloud", "Kontobezeichnung;Aurora Cloud GmbH")) {
            assertThat(credit(Reading.csv(line + "\n" + HEADER + IN + OUT, CsvProfile.DETECT, known)))
                    .isEqualTo("100.13 EUR");
        }
        for (var line :
                List.of("Oak GmbH", "Kunde: Oak GmbH", "Aurora Cloud GmbH Kreditkarte", "Kontobezeichnung: Depot")) {
            assertThat(credit(Reading.csv(line + "\n" + HEADER + IN + OUT, CsvProfile.DETECT, known)))
                    .isEqualTo("review UNKNOWN_LINE");
        }
    }

    @Test
    void anAcceptedLineCountsWhateverItsNumbers() throws UnreadableStatement {
        var file = "Profil 7, Export 4711\n" + HEADER + IN + OUT;
        assertThat(credit(read(file))).isEqualTo("review UNKNOWN_LINE");
        assertThat(credit(read(file, "Profil 8, Export 4712"))).isEqualTo("100.13 EUR");
        assertThat(credit(read(file, "Profil 8, Import 4712"))).isEqualTo("review UNKNOWN_LINE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Offene Posten", "Vorgemerkte Umsätze", "Kontoauszug (Kopie)", "Testmodus", "Beträge in TEUR"})
    void lineKnownAsDoubtfulCannotBeAccepted(String line) throws UnreadableStatement {
        var statement = read(line + "\n" + HEADER + IN + OUT, line);
        assertThat(credit(statement)).startsWith("review ");
        assertThat(statement.unknownLines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stmt/AddtlStmtInf", "GrpHdr/AddtlInf", "Stmt/RptgSrc/Prtry"})
    void asksAboutTextsOfCamt(String place) throws UnreadableStatement {
        assertThat(camt(place, "SPS/2.1/PROD")).isEqualTo("100.13 EUR");
        assertThat(camt(place, "Kontoauszug November 2026")).isEqualTo("100.13 EUR");
        assertThat(camt(place, "Beträge sind Ausgänge")).isEqualTo("review UNKNOWN_LINE");
        assertThat(camt(place, "Beträge sind Ausgänge", "Beträge sind Ausgänge"))
                .isEqualTo("100.13 EUR");
        for (var doubtful : List.of(
                "TESTAUSZUG - KEINE ECHTEN BUCHUNGEN", "Vorläufiger Auszug", "Intraday interim", "SIMULATION")) {
            assertThat(camt(place, doubtful, doubtful)).isEqualTo("review OTHER_SECTION");
        }
    }

    private static String camt(String place, String text, String... accepted) throws UnreadableStatement {
        var names = place.substring(place.indexOf('/') + 1).split("/", -1);
        var element = new StringBuilder(text);
        for (var at = names.length - 1; at >= 0; at--) {
            element.insert(0, "<" + names[at] + ">")
                    .append("</")
                    .append(names[at])
                    .append(">");
        }
        var file = """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId>%s</GrpHdr>
                <Stmt><Id>1</Id>%s<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
                <Ntry><Amt Ccy="EUR">100.13</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><RmtInf><Ustrd>RF138641464252</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
                """.formatted(place.startsWith("Grp") ? element : "", place.startsWith("Stmt") ? element : "");
        return Reading.rows(Reading.read(
                        file.getBytes(StandardCharsets.UTF_8),
                        CsvProfile.DETECT.withAcceptedLines(List.of(accepted)),
                        Reading.GERMAN))
                .get(0);
    }
}
