package io.tenantry.documents;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Stored files of settlements. They belong to the platform, regardless of who requests them: each access is a separate transaction there.
 * Checks no permission; {@link SettlementFiles} has verified access to the settlement.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SettlementArchive {
    private static final String KEPT =
            "select content from ${table}_file where ${of}_id = ? and format = ? and language = ?";

    private static final String KEEP = """
            insert into ${table}_file (${of}_id, format, language, content, created_at)
            values (?, ?, ?, ?, ?)
            on conflict on constraint ${table}_file_pk do nothing
            """;

    /** The document that a file belongs to. */
    public record DocumentRef(DocumentKind kind, UUID id) {
        private String in(String sql) {
            return kind == DocumentKind.CREDIT_NOTE
                    ? sql.replace("${table}", "settlement_credit").replace("${of}", "credit")
                    : sql.replace("${table}", "settlement").replace("${of}", "settlement");
        }
    }

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public SettlementArchive() {}

    /** For use outside a container. */
    public SettlementArchive(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Returns the file, if it was created before. */
    public Optional<byte[]> kept(DocumentRef document, Format format, String language) {
        return Tenancy.in(Scope.PLATFORM, () -> find(document, format, language));
    }

    /** Stores a file, and returns the stored one: if another request was faster, its file. */
    public byte[] keep(DocumentRef document, Format format, String language, byte[] content) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            sql.update(document.in(KEEP), document.id(), format, language, content, clock.instant());
            return find(document, format, language).orElseThrow();
        });
    }

    private Optional<byte[]> find(DocumentRef document, Format format, String language) {
        return sql.first(document.in(KEPT), row -> row.bytes("content"), document.id(), format, language);
    }
}
