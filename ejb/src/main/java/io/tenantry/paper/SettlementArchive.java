package io.tenantry.paper;

import io.tenantry.paper.DocumentFiles.Format;
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
 * Files of settlements as they were first made. They are the platform's, whoever asks: each look is a transaction of its own there. Asks for no permission;
 * {@link SettlementFiles} has found that the one who asks may see the settlement.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SettlementArchive {
    private static final String KEPT =
            "select content from settlement_file where settlement_id = ? and format = ? and language = ?";

    private static final String KEEP = """
            insert into settlement_file (settlement_id, format, language, content, made_at)
            values (?, ?, ?, ?, ?)
            on conflict on constraint settlement_file_pk do nothing
            """;

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

    /** The file, if somebody has asked for it before. */
    public Optional<byte[]> kept(UUID settlement, Format format, String language) {
        return Tenancy.in(Scope.PLATFORM, () -> find(settlement, format, language));
    }

    /** Keeps what was made, and answers what is kept: if somebody else was faster, theirs. */
    public byte[] keep(UUID settlement, Format format, String language, byte[] content) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            sql.update(KEEP, settlement, format, language, content, clock.instant());
            return find(settlement, format, language).orElseThrow();
        });
    }

    private Optional<byte[]> find(UUID settlement, Format format, String language) {
        return sql.first(KEPT, row -> row.bytes("content"), settlement, format, language);
    }
}
