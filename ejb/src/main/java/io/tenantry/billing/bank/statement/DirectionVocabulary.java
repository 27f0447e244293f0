package io.tenantry.billing.bank.statement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Words and letters that banks use for the direction of money. */
final class DirectionVocabulary {
    private static final Set<String> IN = DoubtfulTerms.words(
            "c,cr,crdt,credit,credits,credited,receive money,h,haben,gutschrift,ein,eingang,eingehend,eingänge,einnahme,zugang,"
                    + "einzahlung,in,incoming,inbound,received,receive,receipt,income,deposit,money in,paid in,pay in,bij,bijschrijving,inkomend,ontvangen,crédit,créditer,"
                    + "entrant,entrante,entrée,reçu,abono,haber,kredit,příjem,uznanie,wpływ,jóváírás,credito,πίστωση,ingreso,ingresos,entrada,crédito,accredito,avere,entrata,entrate,credito,plus");
    private static final Set<String> OUT = DoubtfulTerms.words(
            "d,dr,dbit,debit,debits,debited,s,soll,lastschrift,belastung,aus,ausgang,ausgehend,ausgänge,ausgabe,abgang,"
                    + "auszahlung,abbuchung,out,outgoing,outbound,sent,send,expense,spent,spend money,withdrawal,payout,money out,paid out,pay out,af,afschrijving,uitgaand,"
                    + "uitgaven,débit,débiter,sortant,sortante,sortie,envoyé,cargo,adeudo,debet,výdaj,obciążenie,wydatek,terhelés,χρέωση,debe,gasto,gastos,salida,débito,addebito,dare,uscita,uscite,debito,minus");
    private static final List<String> OUTGOING_STARTS = List.copyOf(
            DoubtfulTerms.words(
                    "überweisung an,auszahlung,kartenzahlung,kartenverfügung,abbuchung,belastung,"
                            + "lastschrift,sepa lastschrift,dauerauftrag an,basislastschrift,folgelastschrift,geldautomat,bargeldauszahlung,rückzahlung an,erstattung an,"
                            + "überweisungsauftrag,online überweisung,card payment,card purchase,debit card,pos purchase,withdrawal,atm withdrawal,cash withdrawal,payment to,"
                            + "transfer to,sent to,direct debit,standing order,bill payment,outgoing,refund to,payout,debit,purchase,retrait,virement émis,virement vers,"
                            + "prélèvement,paiement carte,paiement par carte,carte,achat,betaling aan,pinbetaling,geldopname,overboeking naar,incasso,pago a,pago con tarjeta,"
                            + "transferencia a,transferencia emitida,compra,recibo,reintegro,pagamento a,bonifico a,bonifico disposto,prelievo,addebito,pagamento pos"));

    /** Transfers to the account holder, as banks address it. */
    private static final Pattern IN_FAVOR = Pattern.compile(
            "\\b(?:a (?:vostro|vs|suo) favore|a favore vostro|favore vostro|a (?:su|vuestro) favor|en votre faveur|a vosso favor|a seu favor)\\b");
    /** Greek banks name the column for the initials of "debit" and "credit" after the sign. */
    private static final Pattern SIGN =
            Pattern.compile("\\b\u03c0\u03c1\u03bf\u03c3\u03b7\u03bc\u03bf\\b", Pattern.UNICODE_CHARACTER_CLASS);

    private static final String SIGN_WORDS =
            DoubtfulTerms.fold("\u03c7\u03c1\u03ad\u03c9\u03c3\u03b7 \u03c0\u03af\u03c3\u03c4\u03c9\u03c3\u03b7");

    private static final int LENGTH_MAX = 40;

    private DirectionVocabulary() {}

    /** Returns the direction of a cell that consists only of such a word or sign. */
    static Optional<Direction> of(String cell) {
        if (cell.isEmpty() || cell.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var plain = cell.strip();
        if (plain.equals("+")) {
            return Optional.of(Direction.IN);
        }
        if (plain.length() == 1 && Amounts.isMinus(plain.charAt(0))) {
            return Optional.of(Direction.OUT);
        }
        var folded = DoubtfulTerms.fold(plain);
        if (IN.contains(folded)) {
            return Optional.of(Direction.IN);
        }
        return OUT.contains(folded) ? Optional.of(Direction.OUT) : Optional.empty();
    }

    /**
     * Returns the direction of a cell below a column name. Banks abbreviate the words of the name, as in "T" and "J" below "Terh\u00e9l\u00e9s vagy
     * j\u00f3v\u00e1\u00edr\u00e1s".
     */
    static Optional<Direction> of(String foldedName, String cell) {
        var known = of(cell);
        var letter = DoubtfulTerms.fold(cell);
        if (known.isPresent() || letter.codePointCount(0, letter.length()) != 1) {
            return known;
        }
        var words = SIGN.matcher(foldedName).find() ? SIGN_WORDS : foldedName;
        var meant = Arrays.stream(words.split(" ", -1))
                .filter(word -> word.length() > 1 && word.startsWith(letter))
                .flatMap(word -> of(word).stream())
                .distinct()
                .toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    /** Whether text starts with a typical phrase for outgoing money, such as "Card payment" or "Überweisung an". */
    static boolean hintsOutgoing(String text) {
        var folded = DoubtfulTerms.fold(text);
        return !folded.isEmpty()
                && !IN_FAVOR.matcher(folded).find()
                && OUTGOING_STARTS.stream().anyMatch(word -> DoubtfulTerms.startsWith(folded, word));
    }
}
