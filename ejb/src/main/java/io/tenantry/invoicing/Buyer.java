package io.tenantry.invoicing;

import io.tenantry.invoicing.Seller.Field;
import java.util.EnumSet;
import java.util.Set;

/**
 * To whom an organization's documents are made out. Empty text: there is none.
 *
 * @param reference what it wants to read on its documents, such as the number of an order
 */
public record Buyer(Address address, String vatNumber, String email, String reference) {
    public Buyer {
        vatNumber = Address.packed(vatNumber);
        email = Address.line(email);
        reference = Address.line(reference);
    }

    /** What a document could not be issued with. */
    public Set<Field> faults() {
        var faults = EnumSet.noneOf(Field.class);
        faults.addAll(address.faults());
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
