package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Columns of remarks and categories, which account holders write rather than banks. Their words do not state whether a payment was booked, so
 * that they are no status and need not be known; words that cast doubt on a payment are judged as in any other text.
 */
final class RemarkColumns {
    private static final Pattern NAME = Pattern.compile(
            "(?:\\w*(?:bemerkung|anmerkung|notiz)(?:en)?|notes?|memos?|comments?|\\w*kommentare?|remarks?|annotations?|stichworte?|schlagworte?|(?:unter|haupt|ober)?kategorien?|(?:sub|main)?categor(?:y|ies)|"
                    + "tags|labels?|etikett(?:en)?|ordner|folders?|spaces?|pots?|colou?r|farbe|icon|opmerking(?:en)?|(?:sub|hoofd)?categorie(?:en)?|"
                    + "commentaires?|remarques?|(?:sous )?categories?|notas?|comentarios?|observa(?:cion|cao|coes|tii?|ciones)|(?:sub)?categorias?|annotazion[ei]|commenti?|"
                    + "notat(?:ka|ki|er)?|adnotacj[ae]|uwagi|kategoria|kategorie|komentarz|poznamk[ay]|(?:pod)?kategor(?:ie|ia|i)|komentare?|muistiinpanot?|huomautus|luokka|kategoria|"
                    + "anteckning(?:ar)?|notering(?:ar)?|bemaerkning(?:er)?|merknad(?:er)?|megjegyzes|\\w*kategoria|opomba|biljeska|"
                    + "\\u03c3\\u03c7\\u03bf\\u03bb\\u03b9[\\u03bf\\u03b1]|\\u03c3\\u03b7\\u03bc\\u03b5\\u03b9\\u03c9\\u03c3(?:\\u03b7|\\u03b5\\u03b9\\u03c3)|not|notlar|aciklama notu)");
    private static final Set<String> BESIDE = DoubtfulTerms.words(
            "own,my,private,personal,internal,user,custom,customer,budget,spending,expense,attachment,accounting,bookkeeping,additional,"
                    + "eigene,eigener,meine,mein,private,interne,persönliche,zusätzliche,freie,zur,zum,umsatz,buchung,ausgaben,"
                    + "egen,egne,oma,omat,personnelle,personnel,interne,mes,mis,personali,personale,personal,mie,pro,me,výdaje,vlastní,własna,własne,dla,mnie,eigen,saját,i,ii,1,2,3");

    private static final int WORD_MIN = 4;
    private static final Pattern WORD =
            Pattern.compile("\\p{L}{" + WORD_MIN + ",}|[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]{2,}");

    private RemarkColumns() {}

    /** Whether a column's name states that it contains remarks or categories. */
    static boolean isNamed(HeaderName name) {
        var isRemark = false;
        for (var word : name.whole().split(" ", -1)) {
            var isNoun = NAME.matcher(word).matches();
            if (!isNoun && !BESIDE.contains(word)) {
                return false;
            }
            isRemark |= isNoun;
        }
        return isRemark;
    }

    /** Whether a column contains remarks: it is named so, and its cells are words, rather than codes, answers, amounts or dates. */
    static boolean is(HeaderName name, List<String> cells) {
        return isNamed(name)
                && cells.stream().filter(cell -> !Markers.isNothing(cell)).allMatch(RemarkColumns::isWords);
    }

    private static boolean isWords(String cell) {
        return WORD.matcher(cell).find()
                && !Dates.isLike(cell)
                && !Amounts.isLike(cell)
                && !StatusVocabulary.isAnswer(DoubtfulTerms.fold(cell));
    }
}
