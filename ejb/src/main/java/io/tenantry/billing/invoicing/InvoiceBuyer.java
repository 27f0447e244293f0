package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceSeller.Field;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recipient of an organization's documents. Empty text means that there is none.
 *
 * @param region the region within its country, by ISO 3166-2 without the country, such as CA or QC
 * @param reference the reference that it requires on its documents, such as an order number
 */
public record InvoiceBuyer(PostalAddress address, String region, String vatNumber, String email, String reference) {
    private static final Pattern REGION = Pattern.compile("[A-Z0-9]{0,3}");

    /** Creates a buyer without a region. */
    public InvoiceBuyer(PostalAddress address, String vatNumber, String email, String reference) {
        this(address, "", vatNumber, email, reference);
    }

    public InvoiceBuyer {
        region = region(region, address.country());
        vatNumber = VatNumber.normalized(vatNumber, address.country());
        email = PostalAddress.email(email);
        reference = PostalAddress.line(reference);
    }

    /** Region codes are often written with their country prefix. */
    private static String region(String typed, String country) {
        var packed = PostalAddress.packed(typed);
        return packed.length() > 3 && !country.isEmpty() && packed.startsWith(country)
                ? packed.substring(country.length())
                : packed;
    }

    /** Returns the fields that prevent a document from being issued. */
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
            faults.add(Field.REFERENCE);
        }
        return faults;
    }
}
