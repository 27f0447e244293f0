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
 * Where somebody is, as letters are addressed.
 *
 * @param name of the person or company, as the law knows it
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

    /** What is wrong with it, wherever it is used. */
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

    /** A text as documents have it: on one line, and without what cannot be seen. */
    public static String line(String text) {
        return InputText.searchTerm(text);
    }

    static boolean isLong(String... texts) {
        for (var text : texts) {
            if (text.length() > LENGTH_MAX) {
                return true;
            }
        }
        return false;
    }

    /** Whether it may be one, or there is none. */
    static boolean isEmail(String text) {
        return text.isEmpty()
                || EmailAddress.of(text)
                        .filter(address -> EMAIL.matcher(address).matches())
                        .isPresent();
    }

    /** The address in the form in which all are kept and compared; what is none stays, for {@link #isEmail}. */
    static String email(String text) {
        return EmailAddress.of(text).orElseGet(() -> line(text));
    }

    /** Whether it may be one, or there is none. */
    static boolean isVatNumber(String text) {
        return text.isEmpty() || VatNumber.isValid(text);
    }

    /**
     * A VAT number as computers write it, from the form in which its owner knows it; what has no one reading stays as it was typed, packed.
     *
     * @param country of its owner, by ISO 3166; empty if nobody said
     */
    public static String vatNumber(String typed, String country) {
        return VatNumber.normalized(typed, country);
    }

    /** What is wrong with a VAT number, as a part of a key of messages: country, shape or check_digit. */
    public static String vatNumberFault(String number) {
        return VatNumber.fault(number).name().toLowerCase(Locale.ROOT);
    }

    /** How a VAT number of the same state looks, or of the country if the number names none. */
    public static String vatNumberExample(String number, String country) {
        return VatNumber.example(number, country);
    }

    /** A number as computers write it: without the blanks, dots and dashes that people read it by, and without a label before it. */
    public static String packed(String number) {
        try {
            return LABEL.matcher(InputText.identifier(number)).replaceFirst("");
        } catch (UnacceptableText refused) {
            return line(number);
        }
    }
}
