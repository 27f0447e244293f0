package io.tenantry.documents.mail;

import io.tenantry.documents.mail.InvoiceDelivery.Decision;
import io.tenantry.documents.mail.InvoiceDelivery.Delivery;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** The emails of a settlement, in the reseller's own schema. Checks no permission: {@link SettlementDelivery} does. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SettlementOutbox {
    private static final String DECISION = """
            select coalesce((select m.state from settlement_delivery m where m.document_id = ?),
                            case when ?::timestamptz < p.settlement_mails_from then 'NEVER' else 'DUE' end) as decision
              from invoice_policy p
            """;

    private static final String MAILS = """
            select id, recipient, state, attempts, fault, fault_kind, created_at, sent_at
              from mail
             where settlement_id = ?
             order by created_at, recipient
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public SettlementOutbox() {}

    /** For use outside a container. */
    SettlementOutbox(Sql sql) {
        this.sql = sql;
    }

    /** Returns the delivery status of a document, earliest email first. */
    public Delivery of(Scope scope, UUID document, Instant issuedAt) {
        return Tenancy.in(
                scope,
                () -> new Delivery(
                        sql.one(DECISION, row -> Decision.valueOf(row.text("decision")), document, issuedAt),
                        sql.query(MAILS, row -> InvoiceDelivery.sent(row.uuid("id"), row), document)));
    }
}
