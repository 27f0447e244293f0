package io.tenantry.documents;

import io.tenantry.brand.Colour;
import io.tenantry.documents.DocumentTemplate.Field;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Templates of documents from now on. Each change is a separate version; a document keeps the version that was current when it was issued. */
@Stateless
public class DocumentTemplates {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public DocumentTemplates() {}

    /** For use outside a container. */
    public DocumentTemplates(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /** A version, with its author and time. */
    public record Version(int number, Instant notedAt, String by, DocumentTemplate documentTemplate) {}

    /** Outcome of a change. */
    public sealed interface Outcome {
        /** It applies to documents from now on. */
        record Written(int version) implements Outcome {}

        /** The template is already as given. */
        record Unchanged() implements Outcome {}

        /** These texts are too long; nothing was written. */
        record Invalid(Set<Field> fields) implements Outcome {}

        /** The payment term is out of range; nothing was written. */
        record Unpayable() implements Outcome {}

        /** Nothing was written, because of a concurrent change. */
        record Outdated() implements Outcome {}
    }

    /** Returns the current version; empty if there is none yet. */
    public Optional<Version> latest() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().latest();
    }

    /**
     * Changes the template.
     *
     * @param base the version that the change is based on; 0 if there was none
     */
    public Outcome change(int base, DocumentTemplate documentTemplate) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = documentTemplate.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        if (!documentTemplate.isPayable()) {
            return new Outcome.Unpayable();
        }
        var latest = rows().latest();
        if (latest.map(Version::number).orElse(0) != base) {
            return new Outcome.Outdated();
        }
        if (latest.map(Version::documentTemplate).orElse(DocumentTemplate.NONE).equals(documentTemplate)) {
            return new Outcome.Unchanged();
        }
        var next = new Version(base + 1, clock.instant(), Actors.require().name(), documentTemplate);
        if (!rows().write(next)) {
            return new Outcome.Outdated();
        }
        audit.record(
                "invoice.template_changed",
                "tenant",
                "invoices",
                Map.of(
                        "version",
                        next.number(),
                        "accent",
                        documentTemplate.accent().map(Colour::hex).orElse(""),
                        "language",
                        documentTemplate.language().map(Enum::name).orElse(""),
                        "payment_days",
                        documentTemplate.paymentDays()));
        return new Outcome.Written(next.number());
    }

    private TemplateRepository rows() {
        return new TemplateRepository(sql);
    }
}
