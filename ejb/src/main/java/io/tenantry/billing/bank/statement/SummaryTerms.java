package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.regex.Pattern;

/** Words with which banks start or end the text of a total, a balance, or an amount carried from page to page, in many languages. */
final class SummaryTerms {
    private static final Pattern START = Pattern.compile(
            "(?:summen?|gesamt|gesamt(?:summe|betrag|saldo|umsatz|eing(?:a|ae)nge)|\\w+summe|zwischen(?:total|ergebnis)|totals?|(?:grand|net|page|daily|weekly|monthly|running|overall) total|sub ?total|"
                    + "\\w{0,20}sald[oi]\\w{0,20}|salden|saldenvortrag|vortrag|kontostand|(?:opening|closing|ending|starting|account|available|current)? ?balance|"
                    + "(?:balance |amount |total )?(?:brought|carried) (?:forward|over|down)|month end|(?:month|quarter|year) to date|cumulative|cumulated|kumuliert|"
                    + "(?:u|ue)bertrag (?:auf|von|aus|vom|zu|n(?:a|ae)chste|vorherige|seite|blatt)|"
                    + "solde|somme|sous total|report (?:a nouveau|page|de la page|du)|a reporter|reporte|totaal|subtotaal|overdracht (?:naar|van)|transport (?:blz|pagina|van|naar)|transporteren|"
                    + "suma|subtotal|suma y sigue|soma|somma|totale|totali|subtotale|parziale|riporto|a riportare|a transportar|de transporte)(?: .*)?");

    /** Words of further languages, which banks write at the start or alone. */
    private static final List<String> STARTS = List.copyOf(
            DoubtfulTerms.words(
                    "razem,suma,suma częściowa,ogółem,podsumowanie,obroty,do przeniesienia,z przeniesienia,przeniesienie na,celkem,součet,mezisoučet,převod na stranu,převod ze strany,spolu,súčet,medzisúčet,"
                            + "összesen,végösszeg,részösszeg,áthozat,átvitel,yhteensä,välisumma,summa,delsumma,sammanlagt,totalt,i alt,ialt,delsum,subtotalt,kokku,vahesumma,kopā,kopsumma,iš viso,tarpinė suma,"
                            + "ukupno,međuzbroj,zbroj,skupaj,vsota,vmesni seštevek,samtals,total general,subtotal,report pagina,toplam,ara toplam,genel toplam,yekun,nakli yekun,σύνολο,υποσύνολο,μερικό σύνολο,γενικό σύνολο,"
                            + "εκ μεταφοράς,σε μεταφορά,общо,междинна сума,итого,всего,промежуточный итог,разом,усього,всього,підсумок,कुल,कुल योग,योग,उप योग,المجموع,مجموع,الإجمالي,إجمالي,المجموع الكلي,المجموع الفرعي"));
    /** Words of scripts without blanks between words. */
    private static final List<String> WITHIN =
            List.copyOf(DoubtfulTerms.words("合計,小計,総計,累計,繰越,合计,小计,总计,總計,累计,结转,結轉,합계,소계,총계,누계,이월"));

    private static final Pattern END = Pattern.compile(
            "(?:\\p{L}+ ){1,3}(?:[0-9]{1,4} )?(?:gesamt|insgesamt|total|in total|au total|totaal|totale|razem|celkem|spolu|yhteensa|totalt)");

    private SummaryTerms() {}

    /** Whether text starts or ends like that of a total or a balance. */
    static boolean is(String folded) {
        return START.matcher(folded).matches()
                || END.matcher(folded).matches()
                || STARTS.stream().anyMatch(word -> DoubtfulTerms.startsWith(folded, word))
                || WITHIN.stream().anyMatch(folded::contains);
    }
}
