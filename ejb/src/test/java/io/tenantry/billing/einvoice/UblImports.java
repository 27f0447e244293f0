package io.tenantry.billing.einvoice;

import java.io.StringReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;

/** Resolves what the UBL schemas reference: the basic types, which are in another jar, and signatures, which our documents never contain. */
final class UblImports implements LSResourceResolver {
    private static final String TYPES = "urn:un:unece:uncefact:data:specification:CoreComponentTypeSchemaModule:2";
    private static final String SIGNATURES = "urn:oasis:names:specification:ubl:schema:xsd:CommonSignatureComponents-2";

    @Override
    public @Nullable LSInput resolveResource(
            String type,
            @Nullable String namespace,
            @Nullable String publicId,
            @Nullable String systemId,
            @Nullable String base) {
        if (TYPES.equals(namespace)) {
            var input = input();
            input.setSystemId(Objects.requireNonNull(UblImports.class.getResource("/schemas/CCTS_CCT_SchemaModule.xsd"))
                    .toExternalForm());
            return input;
        }
        if (SIGNATURES.equals(namespace)) {
            var input = input();
            input.setCharacterStream(new StringReader("""
                    <schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="%s">
                      <element name="UBLDocumentSignatures"/>
                    </schema>
                    """.formatted(SIGNATURES)));
            return input;
        }
        return null;
    }

    private static LSInput input() {
        try {
            var made = DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
            return ((DOMImplementationLS) made).createLSInput();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
