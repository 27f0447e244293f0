package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.documents.UnprintableCharacters;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that sellers and buyers have in common, and the messages for invalid ones. */
public abstract class PartyForm {
    private static final String FORM = "party:";

    /** The normalized VAT number that a message refers to, and the country of its address. */
    public record ValidVatNumber(String vatNumber, String country) {}

    private String name = "";
    private String street = "";
    private String postcode = "";
    private String city = "";
    private String country = "";
    private String vatNumber = "";
    private String email = "";

    protected void show(PostalAddress postalAddress, String itsVatNumber, String itsEmail) {
        name = postalAddress.name();
        street = postalAddress.street();
        postcode = postalAddress.postcode();
        city = postalAddress.city();
        country = postalAddress.country();
        vatNumber = itsVatNumber;
        email = itsEmail;
    }

    protected PostalAddress address() {
        return new PostalAddress(name, street, postcode, city, country);
    }

    /** Returns the characters of the texts on invoices that cannot be printed, for a warning; empty if all can. */
    public String getUnprintable() {
        return String.join(", ", UnprintableCharacters.of(printed()));
    }

    /** Returns all texts that are printed on invoices. */
    protected String printed() {
        return String.join("\n", name, street, postcode, city);
    }

    /** Shows the error of each field at the field. */
    protected static void refuse(Set<InvoiceSeller.Field> fields, ValidVatNumber party, Format format) {
        for (var field : fields) {
            var text = field == InvoiceSeller.Field.VAT_NUMBER
                    ? vatNumberFault(party, format)
                    : format.text("party.fault." + field.name().toLowerCase(Locale.ROOT));
            PageResult.refuse(FORM + field.name().toLowerCase(Locale.ROOT), text);
        }
    }

    private static String vatNumberFault(ValidVatNumber party, Format format) {
        return format.text(
                "party.fault.vat_number." + PostalAddress.vatNumberFault(party.vatNumber()),
                PostalAddress.vatNumberExample(party.vatNumber(), party.country()));
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getStreet() {
        return street;
    }

    public void setStreet(@Nullable String street) {
        this.street = Objects.requireNonNullElse(street, "");
    }

    public String getPostcode() {
        return postcode;
    }

    public void setPostcode(@Nullable String postcode) {
        this.postcode = Objects.requireNonNullElse(postcode, "");
    }

    public String getCity() {
        return city;
    }

    public void setCity(@Nullable String city) {
        this.city = Objects.requireNonNullElse(city, "");
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(@Nullable String country) {
        this.country = Objects.requireNonNullElse(country, "");
    }

    public String getVatNumber() {
        return vatNumber;
    }

    public void setVatNumber(@Nullable String vatNumber) {
        this.vatNumber = Objects.requireNonNullElse(vatNumber, "");
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = Objects.requireNonNullElse(email, "");
    }
}
