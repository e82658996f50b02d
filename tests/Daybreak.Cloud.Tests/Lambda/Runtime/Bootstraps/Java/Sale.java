package shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Beans, records, fields, enums and generic types. */
public class Sale implements RequestHandler<Sale.Order, Sale.Receipt> {
    public enum Size { SMALL, LARGE }

    public record Item(String name, int count, BigDecimal price) {}

    public static class Order {
        public String note;
        private String customerName;
        private List<Item> items = new ArrayList<>();
        private Map<String, Size> sizes;

        public String getCustomerName() { return customerName; }
        public void setCustomerName(String value) { customerName = value; }
        public void setItems(List<Item> value) { items = value; }
        public void setSizes(Map<String, Size> value) { sizes = value; }
    }

    public static class Receipt {
        private String customer;
        private BigDecimal total;
        public Size[] sizes;
        public Integer none;
        public transient int hidden = 1;

        public String getCustomer() { return customer; }
        public BigDecimal getTotal() { return total; }
        public boolean isPaid() { return true; }
        public String getURL() { return "https://shop"; }
    }

    @Override
    public Receipt handleRequest(Order order, Context context) {
        Receipt receipt = new Receipt();
        receipt.customer = order.getCustomerName() + order.note;
        receipt.total = order.items.stream().map(item -> item.price().multiply(BigDecimal.valueOf(item.count()))).reduce(BigDecimal.ZERO, BigDecimal::add);
        receipt.sizes = order.sizes.values().toArray(new Size[0]);
        return receipt;
    }
}
