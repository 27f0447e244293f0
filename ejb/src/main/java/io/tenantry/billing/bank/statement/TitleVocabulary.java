package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words in lines outside a table, such as titles and footnotes, which cast doubt on its rows. */
final class TitleVocabulary {
    private static final int WORDS_MAX = 8;
    private static final Pattern COPY = Pattern.compile(
            "\\b(?:kopien?|copy|copies|copie|copia|duplikate?s?|duplicat(?:e|a|as|es|um|o|os)?|duplicad[oa]s?|zweitschrift|abschrift|zweitausfertigung)\\b");
    private static final Pattern NOT_REAL = Pattern.compile(
            "^(?:test|tests|muster|beispiel|probe|sample|example|specimen|demo|mock|dummy)$|"
                    + "\\b(?:test ?(?:modus|mode|daten|data|auszug|konto|account|umgebung|environment|buchung(?:en)?|statement)|sandbox|"
                    + "(?:demo|muster|beispiel) ?(?:auszug|daten|data|konto|account|umsatze)|(?:sample|example|mock|dummy) (?:data|statement|account)|mode test|livemode false)\\b");
    private static final Pattern NOT_BOOKED = Pattern.compile(
            "\\b(?:pendientes?|en (?:cours|attente|instance)|(?:in|zur) (?:ver|be)arbeitung|processing|a venir|non contabilizzat[ei]|no contabilizad[oa]s?|no consolidad[oa]s?|"
                    + "non comptabilisee?s?|authori[sz]ations?|autorisierung(?:en)?|autorisations?|autorizacion(?:es)?|autorizzazion[ei]|holds?|on hold|memo (?:posts?|items?|postings?)|"
                    + "in kl(?:a|ae)rung|nog te (?:verwerken|boeken|ontvangen)|te (?:verwerken|ontvangen|boeken)|retenid[oa]s?|prenotat[eio]|da (?:addebitare|accreditare|contabilizzare)|"
                    + "avis|avise|avis de virement|reservierung(?:en)?|reservations?|reserveringen|reservas?|prenotazioni|gereserveerd\\w*|blokad[ay]|oczekujac[aey]\\w*|w realizacji|"
                    + "(?:noch )?nicht (?:ge|ver)bucht\\w*|unverbucht\\w*|ungebucht\\w*|unbest(?:a|ae)tigt\\w*|noch nicht|not yet|nog niet|pas encore|"
                    + "kommande|kommende|ej bokford\\w*|reserverad\\w*|vantande|preliminar\\w*|preliminary|preliminair\\w*|provisoire|provvisori[oa]|provisional|vorl(?:a|ae)ufig\\w*|"
                    + "provisorisch\\w*|unaudited|unverbindlich\\w*|interim|zwischenauszug|zwischenabrechnung|zwischenstand|zur information|information only|"
                    + "informational|vorgemerkt\\w*|vormerkung\\w*|angek(?:u|ue)ndigt\\w*|ausstehend\\w*|schwebend\\w*|reserviert\\w*|gesperrt\\w*|ongeboekt\\w*|unposted|unbooked|unsettled|pending|"
                    + "scheduled|in transit|in progress|planifiee?s?|programad[oa]s?|programmat[eio]|in (?:sospeso|attesa|lavorazione|corso)|in behandeling|cekajici|odottavat)\\b");
    private static final Pattern NONE = Pattern.compile(
            "^(?:keine?r?|ohne|no|none|without|excluding|aucune?s?|sans|geen|zonder|ningun[oa]?|sin|nessun[oa]?) |"
                    + "\\b(?:nicht (?:bestandteil|aufgenommen|enthalten|berucksichtigt|beruecksichtigt|angezeigt|aufgefuhrt|aufgefuehrt)|ausgenommen|ausgeschlossen|"
                    + "(?:not|never) (?:included|shown|listed|part of)|excluded|(?:pas|non) (?:incluse?s?|comprise?s?)|niet (?:inbegrepen|opgenomen)|"
                    + "no (?:incluid[oa]s?|se incluyen)|non (?:inclus[oaei]|compres[oaei]))\\b");
    /** Distinguishes a remark about the rows above from the title of an empty section. */
    private static final Pattern REMARK = Pattern.compile(
            "\\b(?:enthalten|enthalt|einschliesslich|inkl|inklusive|sind|ist|werden|wird|konnen|koennen|incl|including|includes?|included|contains?|are|is|may|"
                    + "inclus\\w*|compris\\w*|contient|sont|est|incluy\\w*|incluid\\w*|son|inbegrepen|bevat|zijn|inclus[oaei]|sono|beinhaltet)\\b");

    /** Lists that have the references of customers but are no statements: open items, orders, payment runs, plans, reminders, deleted rows. */
    private static final Pattern OTHER_LIST = Pattern.compile(
            "\\b(?:\\w*(?<!umsatz)(?<!umsaetze)(?<!buchungs)(?<!transaktions)(?<!eingangs)(?<!eingange)(?<!konto)(?<!bewegungs)listen?|"
                    + "offene (?:posten|rechnungen|forderungen)|\\w*(?:zahl|lohn|gehalts|zahlungs|mahn|lastschrift)l(?:auf|aufe|aeufe)|\\w*(?:zahlungs|buchungs)vorschlage?|"
                    + "\\w*(?:vor)?ank(?:u|ue)ndigung(?:en)?|\\w*avise?|sepa datei\\w*|budgets?|haushaltsplan|angebote?|\\w*rechnungsausgang|\\w*ausgangsrechnung(?:en)?|"
                    + "wiederholungs(?:druck|ausdruck)|nachdrucke?|\\w*freigabe|papierkorb|archiv\\w*|gel(?:o|oe)schte?\\w*|\\w*retouren|r(?:u|ue)ckl(?:a|ae)ufer\\w*|mahnung(?:en)?|"
                    + "open (?:items?|invoices?)|(?:accounts )?receivables?|(?:accounts )?payables?|aging|ageing|payment (?:runs?|proposals?|orders?|lists?|files?)|pay ?roll|pre ?notifications?|"
                    + "quotes?|quotations?|reprints?|for (?:approval|release)|reminders?|dunning|deleted|trash|archived?|returned items|"
                    + "postes ouverts|factures (?:ouvertes|impayees)|ordres? de (?:paiement|virement)|relances?|devis|corbeille|supprime\\w*|"
                    + "openstaande posten|betaalvoorstel\\w*|betaalopdracht\\w*|aanmaning\\w*|offertes?|verwijderd\\w*|prullenbak|"
                    + "partidas abiertas|facturas pendientes|ordenes de pago|remesas?|presupuestos?|recordatorios?|eliminad[oa]s?|papelera|"
                    + "partite aperte|scadenzario|ordini di pagamento|distinta|distinte|preventiv[oi]|solleciti?|eliminat[ei]|cestino)\\b");

    /** A footnote's mark, such as an asterisk or "1)". */
    private static final Pattern MARK =
            Pattern.compile("\\s*(?:[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3#]|\\(?[0-9a-z]\\)).*", Pattern.DOTALL);

    private static final Pattern FOLLOWING = Pattern.compile(
            "(?:(?:nach|fort)?folgende\\w{0,20}|die (?:nach)?folgenden|(?:the )?following|(?:les|las|los) \\w{1,30} (?:suivant|siguiente)\\w{0,20}|de volgende|i seguenti|le seguenti) ");

    private static final int HEADING_WORDS_MAX = 5;

    private TitleVocabulary() {}

    /** Returns why one of some lines beside all entries of a statement casts doubt on them. */
    static Optional<ReviewReason> doubt(List<CsvTable.Row> lines) {
        return lines.stream()
                .filter(TitleVocabulary::isDoubtful)
                .map(line -> doubt(line).orElse(ReviewReason.OTHER_SECTION))
                .findFirst();
    }

    /** Whether the words of a line cast doubt on the rows beside it. */
    static boolean isDoubtful(CsvTable.Row row) {
        return doubt(row).isPresent()
                || StatusVocabulary.isNotBookedTitle(List.of(row))
                || MoneyTerms.isOfOtherUnits(row);
    }

    /** Whether folded text says that something is not among the rows. */
    static boolean saysAbsent(String folded) {
        return NONE.matcher(folded).find();
    }

    /** Returns folded text without words for pending transactions. */
    static String withoutNotBooked(String folded) {
        return StatusVocabulary.withoutNotBooked(NOT_BOOKED.matcher(folded).replaceAll(" "))
                .strip();
    }

    /** Whether text of a file states that it is a copy. */
    static boolean saysCopy(String text) {
        return COPY.matcher(DoubtfulTerms.fold(text)).find();
    }

    /** Returns why a line alone in its row casts doubt on the rows below it. */
    static Optional<ReviewReason> doubt(CsvTable.Row row) {
        var text = DoubtfulTerms.fold(String.join(" ", row.cells()));
        if (row.isBroken() || text.isEmpty()) {
            return Optional.empty();
        }
        if (row.filled() > 1
                && row.cells().stream().filter(cell -> !cell.isEmpty()).count() > 1) {
            return row.cells().stream().map(DoubtfulTerms::fold).anyMatch(TitleVocabulary::isNotBooked)
                    ? Optional.of(ReviewReason.OTHER_SECTION)
                    : Optional.empty();
        }
        var isShort = text.split(" ", -1).length <= WORDS_MAX;
        if (isShort && COPY.matcher(text).find()) {
            return Optional.of(ReviewReason.COPY);
        }
        return isNotBooked(text)
                        || (isShort
                                && (NOT_REAL.matcher(text).find()
                                        || OTHER_LIST.matcher(text).find()))
                        || (NOT_BOOKED.matcher(text).find()
                                && !NONE.matcher(text).find())
                ? Optional.of(ReviewReason.OTHER_SECTION)
                : Optional.empty();
    }

    private static boolean isNotBooked(String folded) {
        return StatusVocabulary.saysNotBooked(folded) && !NONE.matcher(folded).find();
    }

    /** Whether a line is a sentence or a marked footnote, which may qualify the rows above it, rather than a heading. */
    static boolean isRemark(CsvTable.Row row) {
        var text = DoubtfulTerms.fold(String.join(" ", row.cells()));
        return REMARK.matcher(text).find()
                || MARK.matcher(row.raw()).matches()
                || text.split(" ", -1).length > HEADING_WORDS_MAX;
    }

    /** Whether a line between rows may qualify those above it: a sentence that does not announce those below. */
    static boolean isRemarkAbove(CsvTable.Row row) {
        return isRemark(row)
                && !FOLLOWING
                        .matcher(DoubtfulTerms.fold(String.join(" ", row.cells())))
                        .lookingAt();
    }

    /** Returns why a line below all rows of a table casts doubt on them. */
    static Optional<ReviewReason> doubtBelow(CsvTable.Row row) {
        var text = DoubtfulTerms.fold(String.join(" ", row.cells()));
        return doubt(row)
                .filter(reason ->
                        reason == ReviewReason.COPY || NOT_REAL.matcher(text).find() || isRemark(row));
    }
}
