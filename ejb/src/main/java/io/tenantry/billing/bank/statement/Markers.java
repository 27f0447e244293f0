package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Columns whose names state what happened to rows with a flag, a date or an amount in them, such as "Is pending" or "Refunded at". */
final class Markers {
    private static final Pattern NOT_BOOKED = Pattern.compile(
            "(?:^| )(?:pending|cancel|canceled|cancelled|cancellation|canceling|declined?|reject|rejected|rejection|"
                    + "failed|failure|void|voided|expired|on hold|held|blocked|uncaptured|vorgemerkt|vormerkung|abgelehnt|ablehnung|abgebrochen|annule|annulee|annulation|"
                    + "geannuleerd|annulering|anulado|anulada|cancelado|cancelada|annullato|annullata)(?: |$)");
    private static final Pattern RETURNED = Pattern.compile(
            "(?:^| )(?:dispute|disputes|disputed|refunding|refund|refunded|storno|storniert|storni|erstattet|erstattungs|ruckerstattungs|"
                    + "ruckgabe|rueckgabe|ruckzahlungs|rueckzahlungs|rucklastschrift|ruecklastschrift|ruckbuchung|rueckbuchung)");
    /** Words in a column's name that make it describe a marker without setting it, as in "Refund policy". */
    private static final Pattern BESIDE = Pattern.compile(
            "(?:^| )(?:address|adresse|policy|balance|saldo|deadline|until|bis|frist|email|mail|url|link|available|possible|able|currency|wahrung)(?: |$)");

    private static final Pattern VERB = Pattern.compile("^(?:is|has|was|been|ist|wurde|est|esta|e) ");
    private static final Set<String> HAPPENED =
            DoubtfulTerms.words("captured,confirmed,received,bestätigt,eingegangen,capturé,capturado");
    private static final Set<String> NOTHING = DoubtfulTerms.words(
            "none,null,nil,n a,na,not applicable,keine,keiner,kein,entfällt,aucun,aucune,geen,ninguno,nessuno,not refunded,no refund,not cancelled,not canceled,"
                    + "not disputed,not pending,not reversed,not returned,nicht storniert,nicht erstattet");
    /** White space, dashes, dots, or a zero such as "0,00" or "00.00.0000"; any other sign may be a mark. */
    private static final Pattern EMPTY =
            Pattern.compile("[\\s\\p{Z}\\p{Cf}\\p{Pd}\\u2212._\\u2026]*|0[0\\s\\p{Z}.,:/'-]*%?");

    /** Terms that occur in lists of unpaid documents or orders, but not in booked rows. */
    private static final Set<String> DUE = DoubtfulTerms.words(
            "due date,due on,due,date due,payment due,payment due date,days overdue,overdue,amount due,balance due,open amount,open balance,outstanding,"
                    + "outstanding amount,amount outstanding,dunning level,fällig am,fällig,fälligkeit,fälligkeitsdatum,fälligkeitstag,zahlbar bis,zahlungsziel,"
                    + "zahlungsfrist,überfällig,offen,offener betrag,offener saldo,restbetrag,restforderung,mahnstufe,mahnstand,date d échéance,date échéance,échéance,"
                    + "date limite de paiement,reste à payer,montant dû,vervaldatum,vervaldag,openstaand,openstaand bedrag,fecha de vencimiento,fecha vencimiento,"
                    + "vencimiento,importe pendiente,data scadenza,data di scadenza,scadenza,da pagare,importo dovuto,"
                    + "turnus,intervall,rhythmus,ausführungsrhythmus,nächste ausführung,nächste fälligkeit,sequenz,sequenztyp,interval,frequency,next execution,"
                    + "next execution date,next payment,next payment date,sequence type,périodicité,fréquence,prochaine échéance,frequentie,frecuencia,frequenza");
    /** Words that accompany the event in a column name, as in "Date paid", "Bezahlt am" or "Settled at (UTC)". */
    private static final Set<String> WHEN_PAID = DoubtfulTerms.words(
            "payment date,zahlungsdatum,zahldatum,date de paiement,betaaldatum,fecha de pago,data pagamento");

    private static final Pattern WHEN =
            Pattern.compile("\\b(?:at|on|date|time|datum|am|den|le|el|il|op|utc|local|zeitpunkt|tag)\\b");

    private Markers() {}

    /** Whether a column's name states that something other than booking happened to its rows. */
    static boolean isNamed(HeaderName name) {
        return !BESIDE.matcher(name.whole()).find()
                && (NOT_BOOKED.matcher(name.whole()).find() || isGivenBack(name));
    }

    /** Whether a column's name states that something happened to its rows, including booking. */
    static boolean isFlag(HeaderName name) {
        return isNamed(name) || hasHappened(name);
    }

    /** Whether a column's name states that its rows were booked or received, where their cells affirm it. */
    static boolean isPositive(HeaderName name) {
        return !isNamed(name) && hasHappened(name);
    }

    private static boolean hasHappened(HeaderName name) {
        var plain = VERB.matcher(name.whole()).replaceFirst("");
        return HAPPENED.contains(plain) || StatusVocabulary.isBooked(plain);
    }

    /** Whether a column contains the date on which its rows were paid or booked: where it is empty, that has not happened. */
    static boolean isWhenHappened(HeaderName name) {
        var plain = DoubtfulTerms.fold(WHEN.matcher(name.whole()).replaceAll(" "));
        return WHEN_PAID.contains(name.whole())
                || (!plain.equals(name.whole()) && (HAPPENED.contains(plain) || StatusVocabulary.isBooked(plain)));
    }

    /** Whether a column contains the amount due of unpaid documents. */
    static boolean isDue(HeaderName name) {
        return DUE.contains(name.whole());
    }

    private static boolean isGivenBack(HeaderName name) {
        return TypeVocabulary.isGivenBack(name)
                || RETURNED.matcher(name.whole()).find();
    }

    /** Returns what a cell indicates about its row, given the name of its column. */
    static Optional<ReviewReason> of(HeaderName name, String cell) {
        var folded = DoubtfulTerms.fold(cell);
        if (isDue(name)) {
            return isNothing(cell, folded) ? Optional.empty() : Optional.of(ReviewReason.STATUS);
        }
        if (isNamed(name)) {
            return isNothing(cell, folded)
                    ? Optional.empty()
                    : Optional.of(isGivenBack(name) ? ReviewReason.REVERSAL : ReviewReason.STATUS);
        }
        return StatusVocabulary.isNo(folded) && hasHappened(name) ? Optional.of(ReviewReason.STATUS) : Optional.empty();
    }

    /** Whether a cell is empty, or states so by dashes, dots, a zero or a word. */
    static boolean isNothing(String cell) {
        return isNothing(cell, DoubtfulTerms.fold(cell));
    }

    private static boolean isNothing(String cell, String folded) {
        return StatusVocabulary.isNo(folded)
                || NOTHING.contains(folded)
                || EMPTY.matcher(cell).matches()
                || Currencies.isKnown(cell)
                || (Amounts.isLike(cell) && cell.chars().noneMatch(sign -> Character.digit(sign, 10) > 0));
    }
}
