"""How well the work is done: inspections, courses, what victims say, letters read twice."""

from fastapi import APIRouter

from api.staff.standards import dips, inspections, quality, training

router = APIRouter()

for _pages in (inspections, training, quality, dips):
    router.include_router(_pages.router)
