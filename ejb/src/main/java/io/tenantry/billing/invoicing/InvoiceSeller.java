package io.tenantry.billing.invoicing;

import io.tenantry.text.InputText;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The reseller's legal identity as stated on its documents. Empty text means that there is none.
 *
 * @param register the register and the number in it
 * @param note further text on documents, such as payment terms
 */
public record InvoiceSeller(
        PostalAddress address,
        String vatNumber,
        String taxNumber,
        String register,
        String email,
        String phone,
        String bank,
        String iban,
        String bic,
        String note) {
    private static final int NOTE_MAX = 1_000;

    /** Fields that can be faulty. */
    public enum Field {
        NAME,
        STREET,
        CITY,
        COUNTRY,
        /** Only of buyers. */
        REGION,
        POSTCODE,
        VAT_NUMBER,
        EMAIL,
        IBAN,
        TAX,
        REGISTER,
        PHONE,
        BANK,
        BIC,
        NOTE,
        /** Only of buyers. */
        REFERENCE
    }

    public InvoiceSeller {
        vatNumber = VatNumber.normalized(vatNumber, address.country());
        taxNumber = PostalAddress.line(taxNumber);
        register = PostalAddress.line(register);
        email = PostalAddress.email(email);
        phone = PostalAddress.line(phone);
        bank = PostalAddress.line(bank);
        iban = Iban.normalized(iban);
        bic = Bic.normalized(bic);
        note = InputText.foreign(note);
    }

    /** Returns the fields that prevent a document from being issued. */
    public Set<Field> faults() {
        var faults = EnumSet.noneOf(Field.class);
        faults.addAll(address.faults());
        if (address.street().isEmpty()) {
            faults.add(Field.STREET);
        }
        if (address.city().isEmpty()) {
            faults.add(Field.CITY);
        }
        if (!PostalAddress.isVatNumber(vatNumber)) {
            faults.add(Field.VAT_NUMBER);
        }
        if (!PostalAddress.isEmail(email)) {
            faults.add(Field.EMAIL);
        }
        if (!iban.isEmpty() && !Iban.isValid(iban)) {
            faults.add(Field.IBAN);
        }
        Map.of(Field.TAX, taxNumber, Field.REGISTER, register, Field.PHONE, phone, Field.BANK, bank, Field.BIC, bic)
                .forEach((field, text) -> {
                    if (PostalAddress.isLong(text)) {
                        faults.add(field);
                    }
                });
        if (note.length() > NOTE_MAX) {
            faults.add(Field.NOTE);
        }
        return faults;
    }
}
