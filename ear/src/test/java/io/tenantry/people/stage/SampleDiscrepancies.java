package io.tenantry.people.stage;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Discrepancies as the reconciler would find them after ten minutes, and work that waits for a person. */
@Stateless
public class SampleDiscrepancies {
    @Inject
    Sql sql;

    /** Parks a snapshot whose outcome is unknown. */
    public void parked(UUID snapshot) {
        var tenant = Tenancy.tenant();
        sql.update("""
                insert into work.work_item (tenant, tenant_role, kind, key, subject, state, attempts, error, parked_at, parked_reason)
                values (?, ?, 'snapshot', ?, ?, 'PARKED', 10, 'the vendor said nothing', clock_timestamp(),
                        'no snapshot after PT3H')
                """, tenant.value(), tenant.role(), "stage:" + snapshot, snapshot);
    }

    /** Adds some settled months; in a transaction of the platform. */
    public String settled(TenantId tenant, String currency) {
        sql.update(SettledMonths.of(tenant, currency, 3));
        return sql.one(SettledMonths.latest(tenant), row -> row.text("id"));
    }

    /** Adds a payment of a reseller; in a transaction of the platform. */
    public String paid(TenantId tenant) {
        return sql.one(SettledMonths.payment(tenant), row -> row.text("id"));
    }

    /** An issued document, if any. */
    public Optional<UUID> document() {
        return sql.first("select id from invoice", row -> row.uuid("id"));
    }

    /** Returns the first rated period of the wallet of a document, on any document. */
    public String period(UUID document) {
        return sql.one(
                "select p.id from invoice v join rated_period p on p.wallet_id = v.wallet_id where v.id = ? order by p.id limit 1",
                row -> String.valueOf(row.big("id")),
                document);
    }

    /** Adds a bank transfer that probably belongs to an organization. */
    public UUID transfer(UUID organization) {
        return sql.one("""
                with file as (
                  insert into bank_import (id, file_name, format, lines, new_lines, imported_at, imported_by)
                  values (gen_random_uuid(), 'statement.csv', 'CSV', 1, 1, clock_timestamp(), 'stage')
                  returning id
                )
                insert into bank_transaction (id, import_id, position, account, key, booked_on, amount, currency, payer, iban, purpose, state, match_reason,
                                       proposed_id)
                select gen_random_uuid(), f.id, 1, 'DE89370400440532013000', f.id::text, current_date, 25, 'EUR', 'Olga', '', 'thanks', 'OPEN',
                       'NAME', ?
                  from file f
                returning id
                """, row -> row.uuid("id"), organization);
    }

    /** Adds a bank file that waits to be posted, with a readable row. */
    public UUID bankDraft() {
        return sql.one("""
                with file as (
                  insert into bank_import (id, file_name, format, lines, new_lines, imported_at, imported_by, state, content, header, samples)
                  values (gen_random_uuid(), 'draft.csv', 'CSV', 1, 0, clock_timestamp(), 'stage', 'DRAFT', 'Date;Amount', '{Date,Amount}',
                          '{2026-11-09,"10,00"}')
                  returning id
                )
                insert into bank_row (id, import_id, position, line_number, kind, account, key, booked_on, amount, currency, payer, plan, match_reason)
                select gen_random_uuid(), f.id, 1, 2, 'TRANSACTION', '-', f.id::text, current_date, 10, 'EUR', 'Olga', 'ASSIGN', 'UNKNOWN'
                  from file f
                returning import_id
                """, row -> row.uuid("import_id"));
    }

    /** Adds a row of a posted bank file that needs review. */
    public UUID bankReview() {
        return sql.one("""
                with file as (
                  insert into bank_import (id, file_name, format, lines, new_lines, imported_at, imported_by, posted_at, posted_by)
                  values (gen_random_uuid(), 'posted.csv', 'CSV', 1, 0, clock_timestamp(), 'stage', clock_timestamp(), 'stage')
                  returning id
                )
                insert into bank_row (id, import_id, position, line_number, kind, reason, detail, raw, key, plan, review)
                select gen_random_uuid(), f.id, 1, 2, 'REVIEW', 'AMOUNT', 'ten', '2026-11-09;ten;Olga', f.id::text, 'REVIEW', 'OPEN'
                  from file f
                returning id
                """, row -> row.uuid("id"));
    }

    /** Adds the remainder of a terminated add-on at a provider, in an account that is not reconciled, so that it stays unchanged. */
    public UUID remainder(UUID option) {
        return sql.one("""
                insert into addon_discrepancy (id, account, addon_kind, kind, provider_ref, resource_tag, addon_id, service_id, name, expected_gib,
                                            seen_gib, first_seen_at, last_seen_at, since, confirmed_at)
                select gen_random_uuid(), 'elsewhere', o.kind, 'UNKNOWN_ADDON', '4712', 'svc-' || o.id, o.id, o.service_id, o.name, 0, o.quantity,
                       n.at - interval '1 hour', n.at, n.at, n.at
                  from addon o
                 cross join (select clock_timestamp() as at) n
                 where o.id = ?
                returning id
                """, row -> row.uuid("id"), option);
    }

    /** Adds a service's server with another address, in an account that is not reconciled, so that it stays unchanged. */
    public UUID address(UUID service) {
        return sql.one("""
                insert into server_discrepancy (id, account, kind, provider_ref, resource_tag, service_id, name, expected, seen, times, first_seen_at,
                                     last_seen_at, since, seen_until, confirmed_at)
                select gen_random_uuid(), 'elsewhere', 'DRIFT_ADDRESS', '4711', 'svc-' || s.id, s.id, s.name, '198.51.100.1',
                       '198.51.100.2', 3, n.at - interval '10 minutes', n.at, n.at, n.at, n.at
                  from service s
                 cross join (select clock_timestamp() as at) n
                 where s.id = ?
                returning id
                """, row -> row.uuid("id"), service);
    }
}
