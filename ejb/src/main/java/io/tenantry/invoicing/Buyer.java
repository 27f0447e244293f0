package io.tenantry.invoicing;

import io.tenantry.invoicing.Seller.Field;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * To whom an organization's documents are made out. Empty text: there is none.
 *
 * @param region where in its country it is, by ISO 3166-2 without the country, such as CA or QC
 * @param reference what it wants to read on its documents, such as the number of an order
 */
public record Buyer(Address address, String region, String vatNumber, String email, String reference) {
    private static final Pattern REGION = Pattern.compile("[A-Z0-9]{0,3}");

    /** One that has not said where in its country it is. */
    public Buyer(Address address, String vatNumber, String email, String reference) {
        this(address, "", vatNumber, email, reference);
    }

    public Buyer {
        region = Address.packed(region);
        vatNumber = Address.packed(vatNumber);
        email = Address.line(email);
        reference = Address.line(reference);
    }

    /** What a document could not be issued with. */
    public Set<Field> faults() {
        var faults = EnumSet.noneOf(Field.class);
        faults.addAll(address.faults());
        if (!REGION.matcher(region).matches()) {
            faults.add(Field.REGION);
        }
        if (!Address.isVatNumber(vatNumber)) {
            faults.add(Field.VAT_NUMBER);
        }
        if (!Address.isEmail(email) || email.isEmpty()) {
            faults.add(Field.EMAIL);
        }
        if (Address.isLong(reference)) {
            faults.add(Field.OTHER);
        }
        return faults;
    }
}
