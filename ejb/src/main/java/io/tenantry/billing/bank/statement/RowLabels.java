package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Labels of rows that are not transactions: balances and totals. */
final class RowLabels {
    private static final Set<String> OPENING = DoubtfulTerms.words(
            "anfangssaldo,anfangsbestand,startsaldo,saldovortrag,übertrag,vortrag,alter saldo,alter kontostand,"
                    + "opening balance,beginning balance,starting balance,start balance,initial balance,previous balance,balance brought forward,brought forward,"
                    + "balance forward,solde initial,solde précédent,ancien solde,solde d ouverture,beginsaldo,vorig saldo,saldo inicial,saldo anterior,saldo iniziale,"
                    + "saldo precedente,openingbalance,saldo początkowe,počáteční zůstatek,počiatočný zostatok,nyitó egyenleg,sold initial,ingående saldo,inngående saldo,primo saldo,alkusaldo,αρχικό υπόλοιπο,algsaldo,sākuma atlikums,"
                    + "açılış bakiyesi,devreden bakiye");
    private static final Set<String> CLOSING = DoubtfulTerms.words(
            "endsaldo,endbestand,schlusssaldo,schlussbestand,abschlusssaldo,neuer saldo,neuer kontostand,kontostand,"
                    + "aktueller kontostand,buchungssaldo,closing balance,ending balance,final balance,end balance,current balance,new balance,"
                    + "balance carried forward,carried forward,solde final,nouveau solde,solde de clôture,eindsaldo,nieuw saldo,saldo final,saldo actual,saldo finale,"
                    + "nuovo saldo,closingbalance,saldo końcowe,konečný zůstatek,konečný zostatok,záró egyenleg,utgående saldo,utgående saldo,ultimo saldo,loppusaldo,τελικό υπόλοιπο,lõppsaldo,beigu atlikums,"
                    + "kapanış bakiyesi,laatste saldo");
    private static final Set<String> OTHER_BALANCE = DoubtfulTerms.words(
            "saldo,kontosaldo,tagessaldo,zwischensaldo,monatssaldo,valutensaldo,rechnungsabschluss saldo,"
                    + "verfügbarer betrag,verfügbarer saldo,balance,account balance,daily balance,available balance,ledger balance,running balance,solde,"
                    + "solde créditeur,solde débiteur,solde au,solde disponible,saldo per,saldo vom,saldo am,saldo zum,saldo op,saldo disponible,saldo al,"
                    + "saldo a,saldo contabile,saldo disponibile,saldo contable,kontostand zum monatsende,kontostand zum jahresende,saldo zum monatsende,"
                    + "month end balance,kontostand am,kontostand vom,kontostand per,balance as of,balance at,balance on");
    private static final Set<String> TOTAL = DoubtfulTerms.words(
            "summe,summen,gesamt,gesamtsumme,gesamtbetrag,zwischensumme,endsumme,umsatzsumme,summe umsätze,summe der umsätze,"
                    + "summe gutschriften,summe lastschriften,summe soll,summe haben,anzahl,anzahl umsätze,anzahl der umsätze,total,totals,total amount,total credit,total credits,"
                    + "total debit,total debits,total deposits,total withdrawals,total paid in,total paid out,grand total,sub total,subtotal,sum,net total,somme,sous total,"
                    + "total général,total crédits,total débits,total des opérations,totaal,subtotaal,som,suma,total abonos,total cargos,somma,totale,totali,totale entrate,"
                    + "totale uscite,subtotale,summe eingänge,summe ausgänge,summe aller eingänge,"
                    + "summe aller ausgänge,summe aller umsätze,summe aller buchungen,summe der eingänge,summe der ausgänge,summe der gutschriften,summe der lastschriften,"
                    + "summe einnahmen,summe ausgaben,total incoming,total outgoing,total umsatz,turnover,käive,apgrozījums,apyvarta,obroty,obrat,forgalom,total gutschriften,total lastschriften,umsatztotal");
    /** Labels that are also kinds of bookings, or common purposes. */
    private static final Set<String> AMBIGUOUS = DoubtfulTerms.words(
            "übertrag,vortrag,total,totals,total amount,gesamt,gesamtbetrag,saldo,balance,account balance,solde,anzahl,sum,somme,som,totaal,suma,somma,totale");

    private static final int LENGTH_MAX = 80;
    private static final Pattern TAIL = Pattern.compile(
            "(?:[\\s:*,.-]|(?:per|vom|am|zum|as of|on|at|au|op|al|a)\\b|(?:EUR|CHF|USD|GBP)\\b|[\\u20ac$\\u00a3]|\\d[\\d.,/'’-]*+)++$",
            Pattern.CASE_INSENSITIVE);

    private RowLabels() {}

    /** Returns the meaning of a cell that consists only of a label, optionally followed by a date or an amount. */
    static Optional<SkipReason> of(String cell) {
        var first = cell.startsWith("#") ? 1 : 0;
        if (cell.length() <= first || cell.length() > LENGTH_MAX || !Character.isLetter(cell.charAt(first))) {
            return Optional.empty();
        }
        var label = label(cell);
        if (OPENING.contains(label) || CLOSING.contains(label) || OTHER_BALANCE.contains(label)) {
            return Optional.of(SkipReason.BALANCE);
        }
        return TOTAL.contains(label) ? Optional.of(SkipReason.TOTAL) : Optional.empty();
    }

    /** Whether a label may also be a purpose or a kind of booking. */
    static boolean isAlsoPurpose(String cell) {
        return AMBIGUOUS.contains(label(cell));
    }

    /** Returns the kind of balance that a label denotes, if opening or closing. */
    static Optional<Balance.Kind> balance(String cell) {
        var label = label(cell);
        if (OPENING.contains(label)) {
            return Optional.of(Balance.Kind.OPENING);
        }
        return CLOSING.contains(label) ? Optional.of(Balance.Kind.CLOSING) : Optional.empty();
    }

    private static String label(String cell) {
        if (cell.length() > LENGTH_MAX) {
            return "";
        }
        var folded = DoubtfulTerms.fold(cell);
        return OPENING.contains(folded)
                        || CLOSING.contains(folded)
                        || OTHER_BALANCE.contains(folded)
                        || TOTAL.contains(folded)
                ? folded
                : DoubtfulTerms.fold(TAIL.matcher(cell.strip()).replaceFirst(""));
    }
}
