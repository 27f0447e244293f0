package io.tenantry.bank;

import io.tenantry.bank.BankLines.Why;
import io.tenantry.tenancy.Sql;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds out whose a line of a bank statement is, by what is most certain first. */
final class Matching {
    private static final int ALIKE_DAYS = 5;

    private final Sql sql;

    Matching(Sql sql) {
        this.sql = sql;
    }

    /** How sure it is, and whose it is then. */
    record Match(Why why, Optional<UUID> organizationId) {}

    Match of(BankLines.Line line) {
        if (!line.amount().isPositive()) {
            return new Match(Why.OUTGOING, Optional.empty());
        }
        var match = whose(line);
        if (match.organizationId().isEmpty()) {
            return match;
        }
        if (!hasWallet(match.organizationId().get(), line)) {
            return new Match(Why.CURRENCY, match.organizationId());
        }
        return isAlike(line, match.organizationId().get()) ? new Match(Why.ALIKE, match.organizationId()) : match;
    }

    private Match whose(BankLines.Line line) {
        var references = CreditorReference.in(line.words());
        var byReference = references.isEmpty() ? List.<UUID>of() : ofReferences(references.toArray(String[]::new));
        if (!byReference.isEmpty()) {
            return references.size() > 1 ? new Match(Why.AMBIGUOUS, Optional.empty()) : one(Why.REFERENCE, byReference);
        }
        var digits = CreditorReference.digitsIn(line.words());
        var byDigits = digits.isEmpty() ? List.<UUID>of() : ofDigits(digits.toArray(String[]::new));
        if (!byDigits.isEmpty()) {
            return one(Why.DIGITS, byDigits);
        }
        var byDocument = ofDocuments(line);
        if (!byDocument.isEmpty()) {
            return one(Why.DOCUMENT, byDocument);
        }
        var byPayer = line.iban().isEmpty() ? List.<UUID>of() : ofPayer(line.iban());
        if (!byPayer.isEmpty()) {
            return one(Why.PAYER, byPayer);
        }
        var byName = line.payer().isEmpty() ? List.<UUID>of() : ofNameAndAmount(line);
        var called = byName.isEmpty() && !line.payer().isEmpty() ? ofName(line.payer()) : byName;
        return called.isEmpty() ? new Match(Why.UNKNOWN, Optional.empty()) : one(Why.NAME, called);
    }

    private static Match one(Why why, List<UUID> found) {
        return found.size() == 1
                ? new Match(why, Optional.of(found.get(0)))
                : new Match(Why.AMBIGUOUS, Optional.empty());
    }

    private List<UUID> ofReferences(String[] references) {
        return sql.query(
                "select organization_id from bank_reference where reference = any (?)",
                row -> row.uuid("organization_id"),
                (Object) references);
    }

    private List<UUID> ofDigits(String[] digits) {
        return sql.query(
                "select organization_id from bank_reference where substr(reference, 5) = any (?)",
                row -> row.uuid("organization_id"),
                (Object) digits);
    }

    private List<UUID> ofDocuments(BankLines.Line line) {
        return sql.query("""
                select distinct organization_id from invoice
                 where state = 'FINAL' and strpos(translate(upper(?), ' ', ''), translate(upper(number_text), ' ', '')) > 0
                """, row -> row.uuid("organization_id"), line.words());
    }

    private List<UUID> ofPayer(String iban) {
        return sql.query(
                "select distinct organization_id from bank_line where state = 'BOOKED' and iban = ? and iban <> ''",
                row -> row.uuid("organization_id"),
                iban);
    }

    private List<UUID> ofNameAndAmount(BankLines.Line line) {
        return sql.query(
                """
                select distinct organization_id from invoice
                 where state = 'FINAL' and total = ? and currency = ?
                   and regexp_replace(lower(buyer_name), '[^[:alnum:]]', '', 'g') = regexp_replace(lower(?), '[^[:alnum:]]', '', 'g')
                """,
                row -> row.uuid("organization_id"),
                line.amount().amount(),
                line.amount().currency(),
                line.payer());
    }

    private List<UUID> ofName(String payer) {
        return sql.query("""
                select id from organization
                 where regexp_replace(lower(name), '[^[:alnum:]]', '', 'g') = regexp_replace(lower(?), '[^[:alnum:]]', '', 'g')
                   and name ~ '[[:alnum:]]'
                """, row -> row.uuid("id"), payer);
    }

    private boolean hasWallet(UUID organizationId, BankLines.Line line) {
        return sql.one(
                "select exists (select from wallet where organization_id = ? and currency = ? and closed_at is null) as known",
                row -> row.flag("known"),
                organizationId,
                line.amount().currency());
    }

    /**
     * Whether another file told of what may be the same payment in another form: the same amount, from the same account or for the same customer, on
     * that day; or a few days off, if that file is of another format or covers the day, as a bank's files differ in which date they give.
     */
    private boolean isAlike(BankLines.Line line, UUID organizationId) {
        return sql.one(
                """
                select exists (
                  select from bank_line o
                    join bank_line l on l.id = ?
                    join bank_import i on i.id = l.import_id
                    join bank_import f on f.id = o.import_id
                   where o.amount = l.amount and o.import_id <> l.import_id
                     and o.booked_on between l.booked_on - ? and l.booked_on + ?
                     and (o.booked_on = l.booked_on or f.format <> i.format
                          or l.booked_on between (select min(c.booked_on) from bank_line c where c.import_id = o.import_id)
                                             and (select max(c.booked_on) from bank_line c where c.import_id = o.import_id))
                     and (o.currency = l.currency and (o.iban = l.iban or o.iban = '' or l.iban = '')
                          or o.organization_id = ? or o.proposed_id = ?)) as known
                """, row -> row.flag("known"), line.id(), ALIKE_DAYS, ALIKE_DAYS, organizationId, organizationId);
    }
}
