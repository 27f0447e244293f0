package io.tenantry.batch.invoicing;

import io.tenantry.billing.invoicing.InvoiceWorker;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A batch step that makes sure that every tenant has a run for each month that has ended, including those missed during an outage. */
@Named
@Dependent
public class OpenInvoiceRunsBatchlet extends AbstractBatchlet {
    @Inject
    InvoiceWorker worker;

    @Override
    public String process() {
        return "opened " + worker.open();
    }
}
