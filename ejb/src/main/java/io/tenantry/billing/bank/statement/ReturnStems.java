package io.tenantry.billing.bank.statement;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Banks' abbreviations for returned money, such as "SEPA-LS-R\u00fcck", "R\u00fcckbel.", "dev. recibo" or "rtd". Banks shorten words anywhere, so that
 * no list of them is complete: any word that starts like a return counts, except known others.
 */
final class ReturnStems {
    /** Words with "R\u00fcck" for something other than money, and surnames with it. */
    private static final Pattern BACK = Pattern.compile(
            "r(?:u|ue)ck(?!en|meld|frag|spra|spre|seit|sich|wart|wirk|sack|sacke|antw|halt|kehr|reis|fahr|schlag|schau|schnitt|stand|tritt|versicher|port|bau|strahl|blick|"
                    + "licht|grat|haus|raum|er$|ert$|erts$|l$|zuck|stuhl|desch|dasch|daesch|tesch|hab|haeb)\\w*");
    /** "R\u00fcck" after what is returned, in one word; without a known word before it, "Druck" and "Osnabr\u00fcck" would count. */
    private static final Pattern SENT_BACK = Pattern.compile(
            "(?:sepa|ls|lsch|lst|last|lastschr\\w*|einzug\\w*|scheck|schck|uberw\\w*|ueberw\\w*|ub|ueb|gs|gutschr\\w*|zlg|zahlg|zahlungs?|buchungs?|betrags?|sdd|dd|auftrags?)r(?:u|ue)ck\\w{0,6}");

    private static final Pattern RETURNED =
            Pattern.compile("retour(?!nel)\\w*|impay\\w*|rejet\\w*|zwrot\\w*|(?:chg|chrg|charge?)(?:bk|back)s?");
    private static final Set<String> ABBREVIATIONS = Set.of(
            ("rtn rtns rtnd rtd rtrd retd retn retnd retrn rtrn rtrnd unpd unp unpaid rvsl rvs rvsd rvrsl rvrs rvsal revsl revrsl revers rej rejd rejt rejct rjct rjctd rejctd cxl cxld cxlled cncl cncld "
                            + "canc cback cbk cbck chbk dishon dishnrd bncd rfnd rfd rfnded refnd rcld rcll "
                            + "rembt rembst extour contrep anul annul rlsch stornobu stornob widerspr widspr wdspr rueckueb "
                            + "terugb terugbet terugbk terugbt teruggeb terugst terugov storn storneer gestorn geweig onbet "
                            + "insol insoluti riaccr rimb respin devol devols devl devn devuel dvol impag retroc anulac estorn zwr odrz wycof vracen")
                    .split(" ", -1));
    /** Abbreviations that are also titles, names or other words: they count beside a payment, or if the text has nothing else. */
    private static final Set<String> UNCERTAIN = Set.of(
            "rev", "revd", "void", "vd", "dev", "imp", "ins", "ret", "ann", "stor", "resp", "rech", "rimb", "remb",
            "extorn", "rit", "rec", "cof", "ru", "rue");

    /** Abbreviations that are also first names or surnames: in place of a payer's name, they are the payer. */
    private static final Set<String> NAMES = Set.of("ann", "dev", "ruck");

    /** Also in columns of first names; as "annulation", it stands beside what is canceled. */
    private static final String FIRST_NAME = "ann";

    private static final Set<String> MONEY = Set.of(
            ("sepa ls last lsch lst lastschr lastschrift lastschriften einzug scheck schecks uberw ueberw ub ueb uberweisung ueberweisung gutschr gutschrift gs zahlung zlg buchung betrag "
                            + "dd ct sdd sct kto konto recibo recibos rbo rec transf transferencia trf trfr pago abono bonif bonifico bon rid riba effetto addeb disp prlv prlvt prel virt vir virement chq cheque "
                            + "cheques check chk payment pmt pymt payt transfer tfr xfer item items ach wire deposit dep credit cr debit inc incasso overb overboeking betaling cb tip lcr przelew przel "
                            + "bacs chaps fp fpi fps eft pagamento effet d")
                    .split(" ", -1));

    private ReturnStems() {}

    /** Whether folded text has such an abbreviation. */
    static boolean says(String folded) {
        var words = Arrays.stream(folded.split(" ", -1))
                .filter(word -> !word.isEmpty() && word.chars().noneMatch(Character::isDigit))
                .toArray(String[]::new);
        var isAlone = Arrays.stream(words).allMatch(word -> UNCERTAIN.contains(word) || MONEY.contains(word));
        return IntStream.range(0, words.length)
                .anyMatch(place -> isReturn(words[place])
                        || (UNCERTAIN.contains(words[place])
                                && ((isAlone && !words[place].equals(FIRST_NAME))
                                        || isMoney(words, place - 1)
                                        || isMoney(words, place + 1))));
    }

    /** Whether a folded word that may be such an abbreviation is a name in place of a payer's. */
    static boolean isName(String word) {
        return NAMES.contains(word);
    }

    private static boolean isReturn(String word) {
        return ABBREVIATIONS.contains(word)
                || BACK.matcher(word).matches()
                || SENT_BACK.matcher(word).matches()
                || RETURNED.matcher(word).matches();
    }

    private static boolean isMoney(String[] words, int place) {
        return place >= 0 && place < words.length && MONEY.contains(words[place]);
    }
}
