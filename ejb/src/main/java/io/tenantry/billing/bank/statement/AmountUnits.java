package io.tenantry.billing.bank.statement;

import java.util.Set;

/** Cells stating that an amount is in cents or in thousands rather than in units of its currency. */
final class AmountUnits {
    private static final Set<String> UNITS = DoubtfulTerms.words(
            "cent,cents,in cent,in cents,euro cent,euro cents,eurocent,eurocents,ct,cts,penny,pennies,pence,in pence,rappen,rp,centime,centimes,"
                    + "céntimo,céntimos,centavo,centavos,centesimo,centesimi,cêntimo,cêntimos,öre,øre,grosz,grosze,groszy,haléř,haléře,haléřů,fillér,ban,bani,"
                    + "minor,minor unit,minor units,subunit,subunits,smallest unit,smallest currency unit,hundredth,hundredths,"
                    + "thousand,thousands,in thousands,tausend,in tausend,tsd,mille,en milliers,miles,million,millions,mio,x100,x 100,x1000,x 1000");
    private static final Set<String> EXPONENTS = DoubtfulTerms.words(
            "exponent,currency exponent,decimals,decimal places,number of decimals,nachkommastellen,dezimalstellen,minor units,currency decimals,"
                    + "scale,multiplier,factor,faktor,divisor,unit,units,amount unit,einheit,betragseinheit,unité,unidad");
    private static final Set<String> NEUTRAL = Set.of("", "0", "1", "1 0", "1 00");

    private AmountUnits() {}

    /**
     * Whether a row's amount may be in a unit other than that of its currency.
     *
     * @param hasDecimals whether the amount is written with decimals; amounts in cents are not
     */
    static boolean isOther(HeaderName name, String cell, boolean hasDecimals) {
        var folded = DoubtfulTerms.fold(cell);
        if (UNITS.contains(folded)) {
            return true;
        }
        return !hasDecimals
                && EXPONENTS.contains(name.whole())
                && !NEUTRAL.contains(folded)
                && folded.chars().allMatch(sign -> Character.isDigit(sign) || sign == ' ');
    }
}
