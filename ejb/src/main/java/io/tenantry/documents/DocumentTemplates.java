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

/** How documents look from now on. Each change is a version of its own; a document has the one that was in force when it was issued. */
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

    /** A version, with when and by whom it was written. */
    public record Version(int number, Instant notedAt, String by, DocumentTemplate documentTemplate) {}

    /** How a change ended. */
    public sealed interface Outcome {
        /** It holds for documents from now on. */
        record Written(int version) implements Outcome {}

        /** It says that already. */
        record Unchanged() implements Outcome {}

        /** These texts are too long; nothing was written. */
        record Invalid(Set<Field> fields) implements Outcome {}

        /** Nobody can be given so many days to pay; nothing was written. */
        record Unpayable() implements Outcome {}

        /** Nothing was written: somebody else was faster. */
        record Outdated() implements Outcome {}
    }

    /** The version in force; empty as long as nobody has said anything. */
    public Optional<Version> latest() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().latest();
    }

    /**
     * Changes it.
     *
     * @param base the version that was looked at; 0 if there was none
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
