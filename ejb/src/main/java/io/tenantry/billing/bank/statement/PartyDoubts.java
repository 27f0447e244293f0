package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Terms in place of the payer's name, such as "Storno": banks write them there if there is no other party. A name that contains such a term, such
 * as "Storno Software GmbH", raises no doubt.
 */
final class PartyDoubts {
    private static final int WORDS_MAX = 8;
    private static final Pattern NO_NAME = Pattern.compile("\\w|\\w?[0-9]+\\w?");

    /** Words that banks write beside such terms, and that are no names. */
    private static final Set<String> BESIDE = DoubtfulTerms.words(
            "zahlung,zahlungen,zahlungseingang,überweisung,überweisungen,lastschrift,gutschrift,belastung,betrag,buchung,konto,kto,scheck,eingang,sepa,bank,gebühr,gebühren,"
                    + "folgt,kommt,erfolgt,vom,von,wegen,aus,an,auf,für,der,die,das,des,zu,zum,zur,inkl,in,und,nicht,"
                    + "payment,payments,transfer,transfers,credit,debit,direct,account,amount,cheque,check,fee,fees,incl,of,the,for,from,to,by,no,not,is,item,transaction,"
                    + "virement,prelevement,paiement,compte,cheque,du,de,la,le,des,frais,overboeking,betaling,rekening,incasso,van,het,"
                    + "transferencia,pago,cuenta,recibo,bonifico,pagamento,conto,di,del");

    private PartyDoubts() {}

    /** Returns why a person has to decide about an incoming transaction whose payer has this name; empty if it may be a name. */
    static Optional<ReviewReason> of(String party) {
        var words = DoubtfulTerms.fold(party).split(" ", -1);
        return words.length > WORDS_MAX || (words.length == 1 && ReturnStems.isName(words[0]))
                ? Optional.empty()
                : TextDoubts.of(party).filter(doubt -> !isName(words));
    }

    private static boolean isName(String[] words) {
        return IntStream.range(0, words.length)
                .anyMatch(place -> !NO_NAME.matcher(words[place]).matches()
                        && !BESIDE.contains(words[place])
                        && !isInTerm(words, place));
    }

    /** Whether a word belongs to a term: a sequence of words that casts doubt only as a whole. */
    private static boolean isInTerm(String[] words, int place) {
        for (var start = 0; start <= place; start++) {
            for (var end = place + 1; end <= words.length; end++) {
                if (isTerm(words, start, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTerm(String[] words, int start, int end) {
        return casts(words, start, end)
                && (end - start == 1 || !(casts(words, start + 1, end) || casts(words, start, end - 1)));
    }

    private static boolean casts(String[] words, int start, int end) {
        return TextDoubts.of(String.join(" ", Arrays.copyOfRange(words, start, end)))
                .isPresent();
    }
}
