package io.tenantry.billing.invoicing;

import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Business identifier codes (BIC) according to ISO 9362. */
final class Bic {
    private static final Pattern SHAPE = Pattern.compile("[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?");
    private static final int COUNTRY = 4;
    private static final int COUNTRY_END = 6;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Bic() {}

    /**
     * Returns the code in its electronic form. A leading text is taken for a label only if a code remains: some codes start with BIC
     * themselves.
     */
    static String normalized(String typed) {
        var packed = PostalAddress.packed(typed);
        try {
            var whole = InputText.identifier(typed);
            return isValid(whole) && !isValid(packed) ? whole : packed;
        } catch (UnacceptableText refused) {
            return packed;
        }
    }

    private static boolean isValid(String code) {
        return SHAPE.matcher(code).matches() && COUNTRIES.contains(code.substring(COUNTRY, COUNTRY_END));
    }
}
