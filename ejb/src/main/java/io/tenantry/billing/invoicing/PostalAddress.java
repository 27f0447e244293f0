package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceSeller.Field;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A postal address.
 *
 * @param name legal name of the person or company
 * @param postcode empty where there are none
 * @param country by ISO 3166
 */
public record PostalAddress(String name, String street, String postcode, String city, String country) {
    private static final int LENGTH_MAX = 120;
    private static final int POSTCODE_MAX = 20;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Pattern LABEL = Pattern.compile("^(?:IBAN|BIC|SWIFT)(?:CODE)?:?(?=[A-Z]{2})");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    public PostalAddress {
        name = line(name);
        street = line(street);
        postcode = line(postcode);
        city = line(city);
        country = line(country);
    }

    /** Returns the faults of the address, independent of its use. */
    Set<Field> faults() {
        var faults = EnumSet.noneOf(Field.class);
        if (name.isEmpty() || isLong(name)) {
            faults.add(Field.NAME);
        }
        if (isLong(street)) {
            faults.add(Field.STREET);
        }
        if (postcode.length() > POSTCODE_MAX) {
            faults.add(Field.POSTCODE);
        }
        if (isLong(city)) {
            faults.add(Field.CITY);
        }
        if (!COUNTRIES.contains(country)) {
            faults.add(Field.COUNTRY);
        }
        return faults;
    }

    /** Returns a text as stored on documents: on one line, and without invisible characters. */
    public static String line(String text) {
        return InputText.searchTerm(text);
    }

    static boolean isLong(String text) {
        return text.length() > LENGTH_MAX;
    }

    /** Whether the text is a plausible email address, or empty. */
    static boolean isEmail(String text) {
        return text.isEmpty()
                || EmailAddress.of(text)
                        .filter(address -> EMAIL.matcher(address).matches())
                        .isPresent();
    }

    /**
     * Returns the address in the form in which all are stored and compared; text that is not an address is unchanged, for {@link #isEmail}.
     */
    static String email(String text) {
        return EmailAddress.of(text).orElseGet(() -> line(text));
    }

    /** Whether the text is a plausible VAT number, or empty. */
    static boolean isVatNumber(String text) {
        return text.isEmpty() || VatNumber.isValid(text);
    }

    /**
     * Returns a VAT number in its electronic form, from a customary form; text without a unique reading is returned as typed, packed.
     *
     * @param country of its owner, by ISO 3166; empty if unknown
     */
    public static String vatNumber(String typed, String country) {
        return VatNumber.normalized(typed, country);
    }

    /** Returns the fault of a VAT number as a part of a message key: country, shape or check_digit. */
    public static String vatNumberFault(String number) {
        return VatNumber.fault(number).name().toLowerCase(Locale.ROOT);
    }

    /** Returns an example of a VAT number of the same state, or of the country if the number names none. */
    public static String vatNumberExample(String number, String country) {
        return VatNumber.example(number, country);
    }

    /** Returns a number in its electronic form: without blanks, dots and dashes, and without a label before it. */
    public static String packed(String number) {
        try {
            return LABEL.matcher(InputText.identifier(number)).replaceFirst("");
        } catch (UnacceptableText refused) {
            return line(number);
        }
    }
}
