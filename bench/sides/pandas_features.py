"""Makes the table of customers with pandas: pandas_features.py whole|shortest SOURCE [TABLE].

Rules and definitions are ours, the way is that of somebody at home in pandas: types are given, each step is a
grouping or a merge, and a loop is only over the few lines that may belong to a cancelled sale. "whole" does what
ours does: every column is read, names are texts without spaces around them, and all lines become purchases, returns
or excluded rows. "shortest" takes every short cut to the features alone: no column, no line and no text that they do
not need. Prints the checksums of features.ts; with TABLE, writes the table there as CSV too.
"""

import json
import sys

import numpy as np
import pandas as pd

COLUMNS = {
    "InvoiceNo": "invoice",
    "StockCode": "code",
    "Description": "description",
    "Quantity": "quantity",
    "InvoiceDate": "at",
    "UnitPrice": "price",
    "CustomerID": "customer",
    "Country": "country",
}
NAMES = ["InvoiceNo", "StockCode", "CustomerID", "Country"]
NO_PRODUCT = r"POST|DOT|C2|M|m|D|S|BANK CHARGES|AMAZONFEE|CRUK|B|PADS|gift_0001_.*|DCGS.*"
RULES = ["none", "zero_quantity", "price_below_floor", "non_product_code", "cancelled"]


def read(path: str) -> pd.DataFrame:
    types = {"Description": "str", "Quantity": "int64", "InvoiceDate": "str", "UnitPrice": "float64"}
    types |= dict.fromkeys(NAMES, "str")
    lines = pd.read_csv(path, dtype=types, encoding="latin-1").rename(columns=COLUMNS)
    for name in ("invoice", "code", "description", "customer", "country"):
        lines[name] = lines[name].str.strip()
    lines["at"] = pd.to_datetime(lines["at"], format="%m/%d/%Y %H:%M")
    return lines


def read_needed(path: str) -> tuple[pd.DataFrame, pd.Timestamp]:
    """Lines with a customer, names as categories; and the last time of all lines."""
    types = {"Quantity": "int64", "InvoiceDate": "str", "UnitPrice": "float64"} | dict.fromkeys(NAMES, "category")
    lines = pd.read_csv(path, usecols=list(types), dtype=types, encoding="latin-1").rename(columns=COLUMNS)
    lines["at"] = pd.to_datetime(lines["at"], format="%m/%d/%Y %H:%M")
    return lines[lines["customer"].notna()].reset_index(drop=True), lines["at"].max()


def clean(lines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Purchases, returns and excluded rows, these with the rule that took them out."""
    codes = pd.Series(lines["code"].unique()).astype("str")
    is_product = ~lines["code"].isin(codes[codes.str.fullmatch(NO_PRODUCT)])
    rule = np.select([lines["quantity"] == 0, lines["price"] < 0.04, ~is_product], [1, 2, 3], 0)
    lines["money"] = lines["quantity"] * lines["price"]
    for sold, back in cancelled_sales(lines[(rule == 0) & lines["customer"].notna()]):
        rule[sold] = rule[back] = 4
    left = lines[rule == 0]
    excluded = lines[rule > 0].assign(rule=pd.Categorical.from_codes(rule[rule > 0], RULES))
    return left[left["quantity"] > 0], left[left["quantity"] < 0], excluded


def cancelled_sales(lines: pd.DataFrame) -> list[tuple[int, int]]:
    """Each return with the latest purchase before it that is still free, of the same customer, code, size and price."""
    key = ["customer", "code", "size", "price"]
    sized = lines.assign(size=lines["quantity"].abs(), is_return=lines["quantity"] < 0, row=lines.index)
    returned = sized.loc[sized["is_return"], key].drop_duplicates()
    returned["key"] = np.arange(len(returned))
    candidates = sized.merge(returned, on=key).sort_values(["key", "at", "is_return", "row"])
    pairs: list[tuple[int, int]] = []
    free: list[int] = []
    last = None
    for this, is_return, row in zip(candidates["key"], candidates["is_return"], candidates["row"]):
        if this != last:
            last, free = this, []
        if not is_return:
            free.append(row)
        elif free:
            pairs.append((free.pop(), row))
    return pairs


def features(
    purchases: pd.DataFrame, returns: pd.DataFrame, excluded: pd.DataFrame, day: pd.Timestamp
) -> pd.DataFrame:
    sales = purchases[purchases["customer"].notna()]
    cancelled = excluded[(excluded["rule"] == "cancelled") & (excluded["quantity"] > 0)]
    orders = sales.groupby(["customer", "invoice"], observed=True).agg(
        at=("at", "min"),
        lines=("code", "size"),
        items=("quantity", "sum"),
        products=("code", "nunique"),
        money=("money", "sum"),
    )
    orders = orders.reset_index()
    orders["day"] = orders["at"].dt.normalize()
    orders["month"] = orders["at"].dt.year * 12 + orders["at"].dt.month
    has_times = bool((sales["at"] != sales["at"].dt.normalize()).any())
    orders["hour"] = orders["at"].dt.hour + orders["at"].dt.minute / 60 if has_times else np.nan
    orders["weekend"] = orders["day"].dt.day_of_week >= 5
    orders["morning"] = orders["hour"] < 12 if has_times else np.nan
    orders["evening"] = orders["hour"] >= 17 if has_times else np.nan

    table = orders.groupby("customer", observed=True).agg(
        gross_revenue=("money", "sum"),
        average_order_value=("money", "mean"),
        first_order_at=("at", "min"),
        last_order_at=("at", "max"),
        orders=("at", "size"),
        active_months=("month", "nunique"),
        order_lines=("lines", "sum"),
        items=("items", "sum"),
        items_per_order=("items", "mean"),
        products_per_order=("products", "mean"),
        weekend_order_share=("weekend", "mean"),
        morning_order_share=("morning", "mean"),
        evening_order_share=("evening", "mean"),
        median_order_hour=("hour", "median"),
    )

    def of(part: pd.DataFrame) -> pd.api.typing.DataFrameGroupBy:
        return part.groupby("customer", observed=True)

    def everybody(series: pd.Series) -> pd.Series:
        return series.reindex(table.index, fill_value=0)

    table["reference_date"] = day
    table["recency_days"] = (day - table["last_order_at"].dt.normalize()).dt.days
    table["tenure_days"] = (day - table["first_order_at"].dt.normalize()).dt.days
    table["returned_value"] = -everybody(of(returns)["money"].sum())
    table["returned_items"] = -everybody(of(returns)["quantity"].sum())
    table["returned_share"] = table["returned_value"] / table["gross_revenue"]
    table["net_revenue"] = table["gross_revenue"] - table["returned_value"]
    table["average_item_price"] = table["gross_revenue"] / table["items"]
    for days in (90, 180):
        recent = sales[sales["at"] >= day - pd.Timedelta(days=days)]
        table[f"revenue_last_{days}_days"] = everybody(of(recent)["money"].sum())
    last_90, last_180 = table["revenue_last_90_days"], table["revenue_last_180_days"]
    trend = (2 * last_90 - last_180) / last_180
    table["revenue_trend"] = trend.where((table["tenure_days"] > 90) & (last_180 > 0))

    products = of(sales.groupby(["customer", "code"], observed=True)["money"].sum().reset_index())["money"]
    table["top_product_share"] = products.max() / table["gross_revenue"]
    table["distinct_products"] = products.size()

    days = orders[["customer", "day"]].drop_duplicates().sort_values(["customer", "day"])
    days["gap"] = of(days)["day"].diff().dt.days
    table["order_days"] = of(days).size()
    table["median_days_between_orders"] = of(days)["gap"].median()
    table["orders_per_active_month"] = table["orders"] / table["active_months"]
    table["repeat_orders_per_30_days"] = 30 * (table["order_days"] - 1) / table["tenure_days"].clip(lower=30)

    taken_back = cancelled[["customer", "invoice"]].drop_duplicates()
    gone = taken_back.merge(orders[["customer", "invoice", "lines"]], on=["customer", "invoice"], how="left")
    table["cancelled_orders"] = everybody(of(gone[gone["lines"].isna()]).size())
    table["cancelled_lines"] = everybody(of(cancelled).size())
    table["cancelled_value"] = everybody(of(cancelled)["money"].sum())

    # Invoices of more than one country count for each.
    places = sales.groupby(["customer", "country", "invoice"], observed=True)["at"].max().reset_index()
    places = places.groupby(["customer", "country"], observed=True)["at"].agg(["size", "max"]).reset_index()
    places = places.sort_values(["customer", "size", "max", "country"], ascending=[True, False, False, True])
    table["country"] = places.drop_duplicates("customer").set_index("customer")["country"]
    table["countries"] = everybody(of(places).size())
    return table.sort_index().reset_index(names="customer_id")


def checksum(table: pd.DataFrame) -> dict[str, float]:
    """Of each column the sum of its numbers times the place of their row, from 1: days and lengths of text are numbers too."""
    place = np.arange(1, len(table) + 1)
    sums = {}
    for name, column in table.items():
        if column.dtype.kind == "M":
            numbers = (column - pd.Timestamp(0)) / pd.Timedelta(days=1)
        elif name in ("customer_id", "country"):
            numbers = column.astype("str").str.len()
        else:
            numbers = column
        sums[name] = float((numbers.fillna(0).astype("float64") * place).sum())
    return sums


way, source, *copy = sys.argv[1:]
if way == "whole":
    everything = read(source)
    last = everything["at"].max()
else:
    everything, last = read_needed(source)
customers = features(*clean(everything), last.normalize() + pd.Timedelta(days=1))
for path in copy:
    customers.to_csv(path, index=False)
print(json.dumps({"rows": len(customers), **checksum(customers)}))
