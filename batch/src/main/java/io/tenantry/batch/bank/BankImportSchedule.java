package io.tenantry.batch.bank;

import io.tenantry.bank.StatementImportTransactions;
import io.tenantry.bank.StatementImports;
import io.tenantry.batch.TenantRounds;
import io.tenantry.batch.TenantRounds.Round;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Credits what a process that died left of a posted bank file, and discards drafts that nobody posted. On several nodes the second one finds
 * nothing to do.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class BankImportSchedule {
    @Inject
    StatementImports imports;

    @Inject
    StatementImportTransactions transactions;

    @Inject
    TenantRounds tenants;

    @Schedule(hour = "*", minute = "*", second = "25", persistent = false, info = "credits of posted bank files")
    void credit() {
        tenants.begin(new Round("bank import", imports::creditPending));
    }

    @Schedule(hour = "4", minute = "41", persistent = false, info = "bank files that nobody posted")
    void expire() {
        tenants.begin(new Round("bank import", transactions::expire));
    }
}
