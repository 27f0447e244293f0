package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceSeller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a seller. */
public abstract class SellerForm extends PartyForm {
    private String taxNumber = "";
    private String register = "";
    private String phone = "";
    private String bank = "";
    private String iban = "";
    private String bic = "";
    private String note = "";

    protected void show(InvoiceSeller invoiceSeller) {
        show(invoiceSeller.address(), invoiceSeller.vatNumber(), invoiceSeller.email());
        taxNumber = invoiceSeller.taxNumber();
        register = invoiceSeller.register();
        phone = invoiceSeller.phone();
        bank = invoiceSeller.bank();
        iban = invoiceSeller.iban();
        bic = invoiceSeller.bic();
        note = invoiceSeller.note();
    }

    /** Returns the seller as entered. */
    protected InvoiceSeller seller() {
        return new InvoiceSeller(
                address(), getVatNumber(), taxNumber, register, getEmail(), phone, bank, iban, bic, note);
    }

    @Override
    protected String printed() {
        return String.join("\n", super.printed(), taxNumber, register, bank, note);
    }

    public String getTaxNumber() {
        return taxNumber;
    }

    public void setTaxNumber(@Nullable String taxNumber) {
        this.taxNumber = Objects.requireNonNullElse(taxNumber, "");
    }

    public String getRegister() {
        return register;
    }

    public void setRegister(@Nullable String register) {
        this.register = Objects.requireNonNullElse(register, "");
    }

    public String getPhone() {
        return phone;
    }

    public void setPhone(@Nullable String phone) {
        this.phone = Objects.requireNonNullElse(phone, "");
    }

    public String getBank() {
        return bank;
    }

    public void setBank(@Nullable String bank) {
        this.bank = Objects.requireNonNullElse(bank, "");
    }

    public String getIban() {
        return iban;
    }

    public void setIban(@Nullable String iban) {
        this.iban = Objects.requireNonNullElse(iban, "");
    }

    public String getBic() {
        return bic;
    }

    public void setBic(@Nullable String bic) {
        this.bic = Objects.requireNonNullElse(bic, "");
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
    }
}
