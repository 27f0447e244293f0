package io.tenantry.billing.bank;

import io.tenantry.billing.adjustment.Approvers;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.StatementImports.UploadOutcome;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Imports of bank files as staff perform them, with the container's transactions. */
final class ImportFixture {
    final BillingFixture billingFixture;
    final Approvers approvers;
    final Lines lines = new Lines();
    final BankTransactionQuery query = new BankTransactionQuery();
    final StatementImports imports = new StatementImports();
    final StatementReviews reviews = new StatementReviews();
    final StatementProfiles profiles = new StatementProfiles();
    final Transactions transactions = new Transactions();

    ImportFixture(BillingFixture billingFixture) {
        this.billingFixture = billingFixture;
        lines.sql = billingFixture.sql;
        lines.clock = billingFixture.clock;
        lines.access = new Access(billingFixture.sql);
        lines.audit = InvoicingFixture.trail(billingFixture);
        lines.wallets = ItemsCharged.wallets(
                billingFixture,
                moved -> billingFixture.sql.query(
                        "select settle_invoices(?, ?)", row -> 0, moved.walletId(), billingFixture.clock.instant()));
        approvers = new Approvers(billingFixture, lines.audit, lines.wallets, (asked, credited) -> Optional.empty());
        lines.limits = approvers.limits();
        query.sql = billingFixture.sql;
        query.access = lines.access;
        lines.query = query;
        transactions.sql = billingFixture.sql;
        transactions.clock = billingFixture.clock;
        transactions.access = lines.access;
        transactions.audit = lines.audit;
        transactions.tenants = new TenantDirectory(Database.administration());
        imports.sql = billingFixture.sql;
        imports.access = lines.access;
        imports.transactions = transactions;
        imports.lines = lines;
        reviews.sql = billingFixture.sql;
        reviews.clock = billingFixture.clock;
        reviews.access = lines.access;
        reviews.audit = lines.audit;
        profiles.sql = billingFixture.sql;
        profiles.clock = billingFixture.clock;
        profiles.access = lines.access;
        profiles.audit = lines.audit;
    }

    /** Runs the work as the system, in the tenant's scope. */
    <T> T act(Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("test"))) {
            return Tenancy.in(billingFixture.tenant, work::get);
        }
    }

    UploadOutcome upload(String name, String content) {
        return upload(name, content.getBytes(StandardCharsets.UTF_8));
    }

    UploadOutcome upload(String name, byte[] content) {
        return act(() -> imports.upload(name, content));
    }

    /** Creates the draft of a file. */
    UUID draft(String content) {
        return ((UploadOutcome.Saved) upload("file.csv", content)).imports().get(0);
    }

    StatementImports.ImportDetails one(UUID id) {
        return billingFixture.in(() -> imports.one(id));
    }

    List<StatementImports.ImportRow> rows(UUID id) {
        return billingFixture.in(() -> imports.rows(id, Optional.empty(), 1_000, 0));
    }

    PostOutcome post(UUID id) {
        return act(() -> imports.post(id, one(id).version(), false));
    }

    /** Uploads and posts a file at once, as detected; returns its id. */
    UUID take(String content) {
        var id = draft(content);
        var outcome = act(() -> imports.post(id, one(id).version(), true));
        if (!(outcome instanceof PostOutcome.Posted)) {
            throw new IllegalStateException(outcome + " " + one(id).problem());
        }
        return id;
    }

    /** Bank lines whose crediting may fail, as if the process had died. */
    static final class Lines extends BankTransactions {
        volatile boolean isDead;

        @Override
        public void rematch() {
            Database.run(Tenancy.scope(), super::rematch);
        }

        @Override
        public List<CertainMatch> certain(int limit) {
            return Database.in(Tenancy.scope(), () -> super.certain(limit));
        }

        @Override
        public Outcome bookCertain(UUID id, UUID organizationId) {
            if (isDead) {
                throw new IllegalStateException("the node is gone");
            }
            return Database.in(Tenancy.scope(), () -> super.bookCertain(id, organizationId));
        }
    }

    /** Runs each step in its own transaction. */
    static final class Transactions extends StatementImportTransactions {
        volatile boolean isDeadBeforeCommit;

        @Override
        public ReaderContext context() {
            return Database.in(Tenancy.scope(), super::context);
        }

        @Override
        public List<SavedProfile> profiles() {
            return Database.in(Tenancy.scope(), super::profiles);
        }

        @Override
        public Set<String> posted(Set<String> digests) {
            return Database.in(Tenancy.scope(), () -> super.posted(digests));
        }

        @Override
        public Optional<UUID> keep(String digest, ImportReading reading, Optional<UUID> profileId) {
            return Database.in(Tenancy.scope(), () -> super.keep(digest, reading, profileId));
        }

        @Override
        public Optional<Draft> draft(UUID id) {
            return Database.in(Tenancy.scope(), () -> super.draft(id));
        }

        @Override
        public boolean reread(UUID id, int version, ImportReading reading, Optional<UUID> profileId) {
            return Database.in(Tenancy.scope(), () -> super.reread(id, version, reading, profileId));
        }

        @Override
        public PostOutcome post(UUID id, int version, boolean isAcknowledged) {
            return Database.in(Tenancy.scope(), () -> {
                var outcome = super.post(id, version, isAcknowledged);
                if (isDeadBeforeCommit) {
                    throw new IllegalStateException("the node is gone");
                }
                return outcome;
            });
        }

        @Override
        public boolean discard(UUID id) {
            return Database.in(Tenancy.scope(), () -> super.discard(id));
        }
    }
}
