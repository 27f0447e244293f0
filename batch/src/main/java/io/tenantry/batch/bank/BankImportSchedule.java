package io.tenantry.batch.bank;

import io.tenantry.batch.PerTenantRunner;
import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.billing.bank.StatementDrafts;
import io.tenantry.billing.bank.StatementImports;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that credits the rows of a posted bank file that a dead process left unfinished, and discards drafts that were never posted. With
 * several nodes the second one finds nothing to do.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BankImportSchedule {
    @Inject
    StatementImports imports;

    @Inject
    StatementDrafts drafts;

    @Inject
    PerTenantRunner tenants;

    @Schedule(hour = "*", minute = "*", second = "25", persistent = false, info = "crediting of posted bank files")
    void credit() {
        tenants.begin(new TenantTask("bank import", imports::creditPending));
    }

    @Schedule(hour = "4", minute = "41", persistent = false, info = "unposted bank files")
    void expire() {
        tenants.begin(new TenantTask("bank import", drafts::expire));
    }
}
