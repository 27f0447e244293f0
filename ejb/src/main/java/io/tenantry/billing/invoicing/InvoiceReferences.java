package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a document has to do with others.
 *
 * @param corrects the invoice that it corrects
 * @param reason why it does; empty if it corrects none
 * @param correctedBy the documents that correct it, the first one first
 * @param voidedBy the one of them that made it void
 */
public record InvoiceReferences(
        Optional<Reference> corrects, String reason, List<Reference> correctedBy, Optional<Reference> voidedBy) {
    /** Those of a draft. */
    static final InvoiceReferences NONE = new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty());

    public InvoiceReferences {
        correctedBy = List.copyOf(correctedBy);
    }

    /** Another document, by its number. */
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
