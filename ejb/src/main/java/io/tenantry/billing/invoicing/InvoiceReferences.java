package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * References of a document to others.
 *
 * @param corrects the invoice that it corrects
 * @param reason the reason for the correction; empty if it corrects none
 * @param correctedBy the documents that correct it, earliest first
 * @param voidedBy the one of them that made it void
 */
public record InvoiceReferences(
        Optional<Reference> corrects, String reason, List<Reference> correctedBy, Optional<Reference> voidedBy) {
    /** References of a proforma. */
    static final InvoiceReferences NONE = new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty());

    public InvoiceReferences {
        correctedBy = List.copyOf(correctedBy);
    }

    /** Another document with its number. */
    public record Reference(UUID id, String number) {
        static Reference of(String text) {
            var parts = text.split(" ", 2);
            return new Reference(UUID.fromString(parts[0]), parts[1]);
        }
    }

    static InvoiceReferences of(Row row) {
        return new InvoiceReferences(
                row.maybeUuid("corrects_id").map(id -> new Reference(id, row.text("corrects_number"))),
                row.text("reason"),
                row.texts("corrected_by").stream().map(Reference::of).toList(),
                row.maybeText("voided_by").map(Reference::of));
    }
}
