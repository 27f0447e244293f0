package io.tenantry.invoicing;

import io.tenantry.invoicing.Seller.Field;
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
public record Address(String name, String street, String postcode, String city, String country) {
    private static final int LENGTH_MAX = 120;
    private static final int POSTCODE_MAX = 20;
    private static final int EMAIL_MAX = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    public Address {
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
        return text.replaceAll("\\p{Cntrl}", " ").strip();
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
                || (text.length() <= EMAIL_MAX && EMAIL.matcher(text).matches());
    }

    /** Whether it may be one, or there is none. */
    static boolean isVatNumber(String text) {
        return text.isEmpty() || VatNumber.isValid(text);
    }

    /** A number as computers write it: without the spaces and dots that people read it by. */
    static String packed(String number) {
        return number.replaceAll("[\\s.\\-]", "").toUpperCase(Locale.ROOT);
    }
}
