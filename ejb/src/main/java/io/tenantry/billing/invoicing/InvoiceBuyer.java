package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceSeller.Field;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * To whom an organization's documents are made out. Empty text: there is none.
 *
 * @param region where in its country it is, by ISO 3166-2 without the country, such as CA or QC
 * @param reference what it wants to read on its documents, such as the number of an order
 */
public record InvoiceBuyer(PostalAddress address, String region, String vatNumber, String email, String reference) {
    private static final Pattern REGION = Pattern.compile("[A-Z0-9]{0,3}");

    /** One that has not said where in its country it is. */
    public InvoiceBuyer(PostalAddress address, String vatNumber, String email, String reference) {
        this(address, "", vatNumber, email, reference);
    }

    public InvoiceBuyer {
        region = region(region, address.country());
        vatNumber = VatNumber.normalized(vatNumber, address.country());
        email = PostalAddress.email(email);
        reference = PostalAddress.line(reference);
    }

    /** Codes of regions are often written with their country before them. */
    private static String region(String typed, String country) {
        var packed = PostalAddress.packed(typed);
        return packed.length() > 3 && !country.isEmpty() && packed.startsWith(country)
                ? packed.substring(country.length())
                : packed;
    }

    /** What a document could not be issued with. */
    public Set<Field> faults() {
        var faults = EnumSet.noneOf(Field.class);
        faults.addAll(address.faults());
        if (!REGION.matcher(region).matches()) {
            faults.add(Field.REGION);
        }
        if (!PostalAddress.isVatNumber(vatNumber)) {
            faults.add(Field.VAT_NUMBER);
        }
        if (!PostalAddress.isEmail(email) || email.isEmpty()) {
            faults.add(Field.EMAIL);
        }
        if (PostalAddress.isLong(reference)) {
            faults.add(Field.OTHER);
        }
        return faults;
    }
}
