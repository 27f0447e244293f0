package io.tenantry.web.invoice;

import io.tenantry.invoicing.Seller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of who sells. */
public abstract class SellerForm extends PartyForm {
    private String taxNumber = "";
    private String register = "";
    private String phone = "";
    private String bank = "";
    private String iban = "";
    private String bic = "";
    private String note = "";

    protected void show(Seller seller) {
        show(seller.address(), seller.vatNumber(), seller.email());
        taxNumber = seller.taxNumber();
        register = seller.register();
        phone = seller.phone();
        bank = seller.bank();
        iban = seller.iban();
        bic = seller.bic();
        note = seller.note();
    }

    /** As it is typed. */
    protected Seller seller() {
        return new Seller(address(), getVatNumber(), taxNumber, register, getEmail(), phone, bank, iban, bic, note);
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
