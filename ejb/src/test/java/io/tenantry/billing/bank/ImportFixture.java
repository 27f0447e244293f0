package io.tenantry.billing.bank;

import io.tenantry.billing.adjustment.Approvers;
import io.tenantry.billing.bank.BankTransactionQuery.CertainMatch;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.StatementImports.UploadOutcome;
import io.tenantry.billing.bank.UploadReader.ReaderContext;
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
    final StatementImportQuery importQuery = new StatementImportQuery();
    final StatementReviews reviews = new StatementReviews();
    final Profiles profiles = new Profiles();
    final Drafts drafts = new Drafts();
    final Posting posting = new Posting();

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
        drafts.sql = billingFixture.sql;
        drafts.clock = billingFixture.clock;
        drafts.access = lines.access;
        drafts.audit = lines.audit;
        drafts.tenants = new TenantDirectory(Database.administration());
        posting.sql = billingFixture.sql;
        posting.clock = billingFixture.clock;
        posting.access = lines.access;
        posting.audit = lines.audit;
        imports.drafts = drafts;
        imports.posting = posting;
        imports.profiles = profiles;
        imports.lines = lines;
        importQuery.sql = billingFixture.sql;
        importQuery.access = lines.access;
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

    StatementImportQuery.ImportDetails one(UUID id) {
        return billingFixture.in(() -> importQuery.one(id));
    }

    List<StatementImportQuery.ImportRow> rows(UUID id) {
        return billingFixture.in(() -> importQuery.rows(id, Optional.empty(), 1_000, 0));
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

    /** Returns the profiles for reading files in a transaction of their own. */
    static final class Profiles extends StatementProfiles {
        @Override
        public List<SavedProfile> saved() {
            return Database.in(Tenancy.scope(), super::saved);
        }
    }

    /** Runs each step of a draft in its own transaction. */
    static final class Drafts extends StatementDrafts {
        @Override
        public ReaderContext context() {
            return Database.in(Tenancy.scope(), super::context);
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
        public boolean discard(UUID id) {
            return Database.in(Tenancy.scope(), () -> super.discard(id));
        }
    }

    /** Posts in its own transaction, which may fail at its end, as if the process had died. */
    static final class Posting extends StatementPosting {
        volatile boolean isDeadBeforeCommit;

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
    }
}
