package io.tenantry.billing.einvoice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.s9api.streams.Steps;
import org.xml.sax.SAXException;

/**
 * The official validation rules as published: the schemas of CII, Factur-X and UBL, and the Schematron of EN 16931, Factur-X and XRechnung.
 * Each is read once, which takes seconds.
 */
public final class Rules {
    private static final String SVRL = "http://purl.oclc.org/dsdl/svrl";

    /** Advisory severities, which are not errors. */
    private static final Set<String> ADVICE = Set.of("warning", "information");

    private static final Processor SAXON = new Processor(false);

    private final Schema schema;
    private final List<XsltExecutable> schematrons;

    private Rules(Schema schema, List<XsltExecutable> schematrons) {
        this.schema = schema;
        this.schematrons = schematrons;
    }

    private static final class OfFacturX {
        static final Rules RULES = new Rules(
                schema("/external/schemas/2.4/en16931/FACTUR-X_EN16931.xsd"),
                List.of(schematron("/external/schematron/2.4/FACTUR-X_EN16931.xslt")));
    }

    private static final class OfCii {
        static final Rules RULES = new Rules(
                schema("/external/schemas/d16b/data/standard/CrossIndustryInvoice_100pD16B.xsd"),
                List.of(
                        schematron("/external/schematron/1.3.15/cii/EN16931-CII-validation.xslt"),
                        schematron("/external/schematron/3.0.2/XRechnung-CII-validation.xslt")));
    }

    private static final class OfUbl {
        private static final List<XsltExecutable> SCHEMATRONS = List.of(
                schematron("/external/schematron/1.3.15/ubl/EN16931-UBL-validation.xslt"),
                schematron("/external/schematron/3.0.2/XRechnung-UBL-validation.xslt"));
        static final Rules INVOICES =
                new Rules(schema("/external/schemas/ubl21/maindoc/UBL-Invoice-2.1.xsd"), SCHEMATRONS);
        static final Rules CREDIT_NOTES =
                new Rules(schema("/external/schemas/ubl21/maindoc/UBL-CreditNote-2.1.xsd"), SCHEMATRONS);
    }

    /** Returns the rules of Factur-X, profile EN 16931. */
    public static Rules facturX() {
        return OfFacturX.RULES;
    }

    /** Returns the rules of EN 16931 and XRechnung in CII. */
    public static Rules xRechnungCii() {
        return OfCii.RULES;
    }

    /** Returns the rules of EN 16931 and XRechnung in UBL. */
    public static Rules xRechnungUbl(EInvoice.Kind kind) {
        return kind == EInvoice.Kind.CREDIT_NOTE ? OfUbl.CREDIT_NOTES : OfUbl.INVOICES;
    }

    /** Returns the violations of a document, each with the number of the rule. */
    public List<String> brokenBy(byte[] xml) {
        var faults = new ArrayList<String>();
        try {
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
            for (var schematron : schematrons) {
                faults.addAll(failed(schematron, xml));
            }
        } catch (SAXException refused) {
            faults.add(refused.getMessage());
        } catch (IOException | SaxonApiException impossible) {
            throw new IllegalStateException(impossible);
        }
        return faults;
    }

    private static List<String> failed(XsltExecutable schematron, byte[] xml) throws SaxonApiException {
        var report = new XdmDestination();
        var run = schematron.load30();
        run.setGlobalContextItem(SAXON.newDocumentBuilder().build(new StreamSource(new ByteArrayInputStream(xml))));
        run.applyTemplates(new StreamSource(new ByteArrayInputStream(xml)), report);
        return report.getXdmNode().select(Steps.descendant(SVRL, "failed-assert")).asListOfNodes().stream()
                .filter(fault -> !ADVICE.contains(Objects.requireNonNullElse(fault.attribute("flag"), "")))
                .map(Rules::told)
                .toList();
    }

    private static String told(XdmNode fault) {
        return fault.attribute("id") + " at " + fault.attribute("location") + ": "
                + fault.getStringValue().strip();
    }

    private static XsltExecutable schematron(String path) {
        try {
            return SAXON.newXsltCompiler().compile(source(path));
        } catch (SaxonApiException unreadable) {
            throw new IllegalStateException(path, unreadable);
        }
    }

    private static Schema schema(String path) {
        try {
            var factory = SchemaFactory.newDefaultInstance();
            factory.setResourceResolver(new UblImports());
            return factory.newSchema(source(path));
        } catch (SAXException unreadable) {
            throw new IllegalStateException(path, unreadable);
        }
    }

    private static Source source(String path) {
        return new StreamSource(url(path).toExternalForm());
    }

    private static URL url(String path) {
        return Objects.requireNonNull(Rules.class.getResource(path), path);
    }
}
